CREATE TABLE `run_in` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`pocket` text,
	`at` integer NOT NULL,
	`reportedAt` integer NOT NULL,
	`reporter` text NOT NULL,
	`by` text,
	`area` text,
	`happened` text,
	`suspect` text,
	`description` text,
	`grade` text,
	`children` integer,
	`words` text,
	`handedTo` text,
	`handedAt` integer,
	`review` text,
	`closedAt` integer,
	`closedBy` text,
	`emptiedAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pocket`) REFERENCES `pocket`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closedBy`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `run_in_by_time` ON `run_in` (`municipality`,`at`);--> statement-breakpoint
CREATE INDEX `run_in_by_pocket` ON `run_in` (`pocket`);--> statement-breakpoint
CREATE INDEX `run_in_to_empty` ON `run_in` (`municipality`,`reportedAt`) WHERE "emptiedAt" is null;--> statement-breakpoint
CREATE TABLE `run_in_contact` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`runIn` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`runIn`) REFERENCES `run_in`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `run_in_contact_by_record` ON `run_in_contact` (`runIn`,`at`);--> statement-breakpoint
CREATE TABLE `run_in_notice` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`runIn` text NOT NULL,
	`at` integer NOT NULL,
	`readAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`runIn`) REFERENCES `run_in`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `run_in_notice_by_person` ON `run_in_notice` (`person`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `run_in_notice_once` ON `run_in_notice` (`runIn`,`person`);