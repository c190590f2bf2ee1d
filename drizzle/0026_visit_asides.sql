CREATE TABLE `pocket_aside` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`pocket` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`why` text NOT NULL,
	`method` text NOT NULL,
	`result` text NOT NULL,
	`words` text,
	`on` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`settled` text,
	`settledBy` text,
	`settledAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`pocket`) REFERENCES `pocket`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`settledBy`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pocket_aside_by_pocket` ON `pocket_aside` (`pocket`,`fiscalYear`,`id`);--> statement-breakpoint
CREATE INDEX `pocket_aside_open` ON `pocket_aside` (`municipality`,`fiscalYear`) WHERE "settledAt" is null;