CREATE TABLE `equipment_notice` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`request` text NOT NULL,
	`handover` text,
	`dueOn` text,
	`at` integer NOT NULL,
	`readAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`request`) REFERENCES `request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`handover`) REFERENCES `handover`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `equipment_notice_by_person` ON `equipment_notice` (`person`,`at`);--> statement-breakpoint
CREATE INDEX `equipment_notice_by_request` ON `equipment_notice` (`request`,`kind`);--> statement-breakpoint
CREATE UNIQUE INDEX `equipment_notice_of_loan_once` ON `equipment_notice` (`person`,`handover`,`kind`,`dueOn`);