CREATE TABLE `late_arrival` (
	`no` integer PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`closing` text NOT NULL,
	`kind` text NOT NULL,
	`thing` text NOT NULL,
	`deed` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`closing`) REFERENCES `year_closing`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `late_arrival_by_closing` ON `late_arrival` (`closing`,`no`);--> statement-breakpoint
CREATE TABLE `year_closing` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`number` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text,
	`remaining` text NOT NULL,
	`snapshot` text NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `year_closing_once` ON `year_closing` (`municipality`,`fiscalYear`,`number`);