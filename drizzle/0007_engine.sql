CREATE TABLE `sync_key` (
	`id` text PRIMARY KEY NOT NULL,
	`publicKey` text NOT NULL,
	`privateKey` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sync_loss` (
	`municipality` text NOT NULL,
	`device` text NOT NULL,
	`epoch` text NOT NULL,
	`person` text NOT NULL,
	`count` integer NOT NULL,
	`knownAt` integer NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`device`, `epoch`),
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sync_loss_by_person` ON `sync_loss` (`municipality`,`person`,`at`);--> statement-breakpoint
CREATE TABLE `sync_place` (
	`municipality` text NOT NULL,
	`device` text NOT NULL,
	`epoch` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`device`, `epoch`, `seq`),
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sync_stop` (
	`device` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `sync_device` ADD `session` text;--> statement-breakpoint
CREATE INDEX `sync_device_waiting` ON `sync_device` (`municipality`,`lastSeenAt`) WHERE "sync_device"."lastSeq" > "sync_device"."upTo";