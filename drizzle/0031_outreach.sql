CREATE TABLE `outreach` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`kind` text NOT NULL,
	`latest` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `outreach_cancelling` (
	`outreach` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`outreach`) REFERENCES `outreach`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `outreach_version` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`outreach` text NOT NULL,
	`number` integer NOT NULL,
	`sort` text,
	`place` text,
	`onDay` text NOT NULL,
	`untilDay` text,
	`name` text NOT NULL,
	`count` integer,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`outreach`) REFERENCES `outreach`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outreach_version_once` ON `outreach_version` (`outreach`,`number`);--> statement-breakpoint
CREATE INDEX `outreach_version_by_day` ON `outreach_version` (`municipality`,`onDay`,`outreach`);