CREATE TABLE `table_look` (
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`plan` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`cells` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`person`, `plan`, `fiscalYear`),
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`plan`) REFERENCES `plan`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `table_look_by_time` ON `table_look` (`at`);--> statement-breakpoint
CREATE INDEX `table_look_by_plan` ON `table_look` (`plan`);--> statement-breakpoint
CREATE INDEX `finding_by_day` ON `finding` (`municipality`,`onDay`);