ALTER TABLE `evaluation` ADD `number` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `evaluation` ADD `figures` text;--> statement-breakpoint
CREATE UNIQUE INDEX `evaluation_once` ON `evaluation` (`cell`,`fiscalYear`,`number`);--> statement-breakpoint
ALTER TABLE `measure_section` ADD `fromYear` integer DEFAULT 2019 NOT NULL;--> statement-breakpoint
ALTER TABLE `measure_section` ADD `untilYear` integer;--> statement-breakpoint
ALTER TABLE `typed_metric` ADD `untilYear` integer;