CREATE TABLE `cell_text` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`cell` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`column` text NOT NULL,
	`number` integer NOT NULL,
	`lines` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cell`) REFERENCES `measure_section`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cell_text_once` ON `cell_text` (`cell`,`fiscalYear`,`column`,`number`);--> statement-breakpoint
CREATE INDEX `cell_text_by_year` ON `cell_text` (`municipality`,`fiscalYear`,`number`);--> statement-breakpoint
CREATE TABLE `evaluation` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`cell` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`grade` text NOT NULL,
	`words` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cell`) REFERENCES `measure_section`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `evaluation_by_cell` ON `evaluation` (`municipality`,`fiscalYear`,`cell`,`id`);--> statement-breakpoint
CREATE TABLE `measure` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`plan` text NOT NULL,
	`number` integer NOT NULL,
	`chapter` text NOT NULL,
	`heading` text NOT NULL,
	`name` text NOT NULL,
	`content` text NOT NULL,
	`cityWide` integer NOT NULL,
	`fromYear` integer NOT NULL,
	`untilYear` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`plan`) REFERENCES `plan`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `measure_once` ON `measure` (`plan`,`number`,`fromYear`);--> statement-breakpoint
CREATE TABLE `measure_section` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`measure` text NOT NULL,
	`section` text NOT NULL,
	`place` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`measure`) REFERENCES `measure`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`section`) REFERENCES `section`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `measure_section_once` ON `measure_section` (`measure`,`section`);--> statement-breakpoint
CREATE TABLE `placement` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`cell` text NOT NULL,
	`place` integer NOT NULL,
	`words` text NOT NULL,
	`hangsOn` text,
	`freshIn` integer,
	`fromYear` integer NOT NULL,
	`untilYear` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cell`) REFERENCES `measure_section`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `placement_by_cell` ON `placement` (`cell`,`place`);--> statement-breakpoint
CREATE TABLE `plan` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`place` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plan_once` ON `plan` (`municipality`,`name`);--> statement-breakpoint
CREATE TABLE `typed_figure` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`metric` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`value` integer,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`metric`) REFERENCES `typed_metric`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `typed_figure_by_year` ON `typed_figure` (`municipality`,`fiscalYear`,`metric`,`id`);--> statement-breakpoint
CREATE TABLE `typed_metric` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`basis` text NOT NULL,
	`section` text NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`section`) REFERENCES `section`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `typed_metric_once` ON `typed_metric` (`municipality`,`key`);