CREATE TABLE `pocket_import` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`file` text NOT NULL,
	`heads` text NOT NULL,
	`lines` text,
	`mapping` text,
	`appliedAt` integer,
	`added` integer,
	`left` integer,
	`undoneAt` integer,
	`undoneBy` text,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undoneBy`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pocket_import_by_town` ON `pocket_import` (`municipality`,`at`);--> statement-breakpoint
CREATE TABLE `pocket_import_map` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`heads` text NOT NULL,
	`mapping` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pocket_import_map_once` ON `pocket_import_map` (`municipality`,`heads`);--> statement-breakpoint
-- A home may come in without a place. The columns move instead of the table, so its rows and guards stay where they are.
ALTER TABLE `pocket` ADD COLUMN `lat_or_none` real;--> statement-breakpoint
ALTER TABLE `pocket` ADD COLUMN `lng_or_none` real;--> statement-breakpoint
-- Nothing that is told apart by this guard changes; it stands again below.
DROP TRIGGER pocket_bounds;--> statement-breakpoint
UPDATE `pocket` SET `lat_or_none` = `lat`, `lng_or_none` = `lng`;--> statement-breakpoint
CREATE TRIGGER pocket_bounds BEFORE UPDATE ON pocket
WHEN (NEW.state IN ('registered', 'paused', 'ended') AND (NEW.number IS NULL OR NEW.explainedOn IS NULL OR NEW.registeredOn IS NULL))
	OR (NEW.state = 'ended') <> (NEW.endedOn IS NOT NULL) OR (NEW.endedOn IS NULL) <> (NEW.ending IS NULL)
	OR NEW.endedOn < NEW.registeredOn
BEGIN SELECT RAISE(ABORT, 'guard: a pocket is registered after its briefing, under a number, and ends with a reason'); END;
--> statement-breakpoint
ALTER TABLE `pocket` DROP COLUMN `lat`;--> statement-breakpoint
ALTER TABLE `pocket` DROP COLUMN `lng`;--> statement-breakpoint
ALTER TABLE `pocket` RENAME COLUMN `lat_or_none` TO `lat`;--> statement-breakpoint
ALTER TABLE `pocket` RENAME COLUMN `lng_or_none` TO `lng`;--> statement-breakpoint
ALTER TABLE `pocket` ADD `import` text REFERENCES pocket_import(id);--> statement-breakpoint
CREATE INDEX `pocket_by_import` ON `pocket` (`import`);--> statement-breakpoint
CREATE INDEX `pocket_consent_by_pocket` ON `pocket_consent` (`pocket`);
