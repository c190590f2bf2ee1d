DROP INDEX `log_version_walked`;--> statement-breakpoint
CREATE INDEX `log_version_walked` ON `log_version` (`id`,`onDay`,`log`,`number`,`headcount`,`municipality`,`fiscalYear`);