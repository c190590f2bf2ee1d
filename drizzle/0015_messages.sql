CREATE TABLE `mailbox` (
	`person` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`address` text NOT NULL,
	`at` integer NOT NULL,
	`confirmedAt` integer,
	`codeHash` text,
	`codeUntil` integer,
	`wrong` integer NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `message` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`way` text NOT NULL,
	`subscription` text,
	`room` text NOT NULL,
	`thing` text NOT NULL,
	`tries` integer NOT NULL,
	`nextAt` integer NOT NULL,
	`at` integer NOT NULL,
	`doneAt` integer,
	`failedAt` integer,
	`error` text,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `message_due` ON `message` (`nextAt`) WHERE "doneAt" is null and "failedAt" is null;--> statement-breakpoint
CREATE INDEX `message_by_person` ON `message` (`person`,`room`,`at`);--> statement-breakpoint
CREATE INDEX `message_by_time` ON `message` (`at`);--> statement-breakpoint
CREATE TABLE `push_subscription` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`session` text NOT NULL,
	`endpoint` text NOT NULL,
	`p256dh` text NOT NULL,
	`auth` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `push_subscription_by_person` ON `push_subscription` (`person`);--> statement-breakpoint
CREATE INDEX `push_subscription_by_session` ON `push_subscription` (`session`);