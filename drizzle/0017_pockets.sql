CREATE TABLE `pocket` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`number` integer,
	`state` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`kana` text NOT NULL,
	`contact` text,
	`town` text NOT NULL,
	`address` text NOT NULL,
	`phoneFold` text,
	`addressFold` text NOT NULL,
	`phone` text,
	`school` text NOT NULL,
	`lat` real NOT NULL,
	`lng` real NOT NULL,
	`hours` text NOT NULL,
	`closed` text,
	`note` text,
	`way` text NOT NULL,
	`appliedOn` text NOT NULL,
	`explainedOn` text,
	`registeredOn` text,
	`endedOn` text,
	`ending` text,
	`changedAt` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school`) REFERENCES `school`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pocket_numbered_once` ON `pocket` (`municipality`,`number`);--> statement-breakpoint
CREATE INDEX `pocket_by_state` ON `pocket` (`municipality`,`state`,`kana`);--> statement-breakpoint
CREATE INDEX `pocket_by_school` ON `pocket` (`school`,`state`);--> statement-breakpoint
CREATE INDEX `pocket_by_phone` ON `pocket` (`municipality`,`phoneFold`);--> statement-breakpoint
CREATE INDEX `pocket_by_address` ON `pocket` (`municipality`,`addressFold`);--> statement-breakpoint
CREATE INDEX `pocket_by_days` ON `pocket` (`municipality`,`registeredOn`,`endedOn`);--> statement-breakpoint
CREATE TABLE `pocket_consent` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`pocket` text NOT NULL,
	`purpose` text NOT NULL,
	`version` text NOT NULL,
	`text` text NOT NULL,
	`givenOn` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	`withdrawnOn` text,
	`withdrawnAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pocket`) REFERENCES `pocket`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pocket_consent_once` ON `pocket_consent` (`pocket`,`purpose`) WHERE "pocket_consent"."withdrawnAt" IS NULL;--> statement-breakpoint
CREATE TABLE `pocket_deed` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`pocket` text NOT NULL,
	`deed` text NOT NULL,
	`on` text NOT NULL,
	`words` text,
	`facts` text,
	`by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pocket`) REFERENCES `pocket`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pocket_deed_by_pocket` ON `pocket_deed` (`pocket`,`id`);--> statement-breakpoint
CREATE TABLE `pocket_plate` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`pocket` text NOT NULL,
	`kind` text NOT NULL,
	`number` text NOT NULL,
	`issuedOn` text NOT NULL,
	`condition` text NOT NULL,
	`returnedOn` text,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pocket`) REFERENCES `pocket`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pocket_plate_by_pocket` ON `pocket_plate` (`pocket`);--> statement-breakpoint
CREATE TABLE `pocket_snapshot` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`school` text NOT NULL,
	`count` integer NOT NULL,
	`unconfirmed` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school`) REFERENCES `school`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pocket_snapshot_once` ON `pocket_snapshot` (`municipality`,`fiscalYear`,`school`);--> statement-breakpoint
CREATE TABLE `pocket_confirmation` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`pocket` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`method` text NOT NULL,
	`result` text NOT NULL,
	`words` text,
	`on` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pocket`) REFERENCES `pocket`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pocket_confirmation_by_pocket` ON `pocket_confirmation` (`pocket`,`fiscalYear`,`id`);--> statement-breakpoint
CREATE TABLE `pocket_link` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`pocket` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	`untilOn` text NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pocket`) REFERENCES `pocket`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pocket_link_hash` ON `pocket_link` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `pocket_link_once` ON `pocket_link` (`pocket`,`fiscalYear`);--> statement-breakpoint
CREATE TABLE `pocket_season` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`school` text NOT NULL,
	`openedOn` text NOT NULL,
	`closedOn` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school`) REFERENCES `school`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pocket_season_once` ON `pocket_season` (`municipality`,`fiscalYear`,`school`);