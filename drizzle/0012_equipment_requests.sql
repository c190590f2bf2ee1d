CREATE TABLE `handed_back` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`handover` text NOT NULL,
	`item` text NOT NULL,
	`size` text NOT NULL,
	`kind` text NOT NULL,
	`pieces` integer NOT NULL,
	`onDay` text NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`handover`) REFERENCES `handover`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`handover`,`item`,`size`) REFERENCES `handover_line`(`handover`,`item`,`size`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `handed_back_by_line` ON `handed_back` (`handover`,`item`,`size`);--> statement-breakpoint
CREATE TABLE `handover` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`request` text NOT NULL,
	`state` text NOT NULL,
	`onDay` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`receivedBy` text NOT NULL,
	`signature` text,
	`dueOn` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`request`) REFERENCES `request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `handover_by_request` ON `handover` (`request`);--> statement-breakpoint
CREATE INDEX `handover_by_year` ON `handover` (`municipality`,`fiscalYear`,`state`);--> statement-breakpoint
CREATE INDEX `handover_by_state` ON `handover` (`municipality`,`state`,`dueOn`);--> statement-breakpoint
CREATE TABLE `handover_line` (
	`handover` text NOT NULL,
	`item` text NOT NULL,
	`size` text NOT NULL,
	`municipality` text NOT NULL,
	`pieces` integer NOT NULL,
	`back` integer NOT NULL,
	PRIMARY KEY(`handover`, `item`, `size`),
	FOREIGN KEY (`handover`) REFERENCES `handover`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `handover_line_by_item` ON `handover_line` (`item`);--> statement-breakpoint
CREATE TABLE `usage_report` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`association` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`words` text NOT NULL,
	`walked` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `usage_report_once` ON `usage_report` (`association`,`fiscalYear`);--> statement-breakpoint
CREATE TABLE `request_attachment` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`request` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`bytes` blob NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`request`) REFERENCES `request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `request_attachment_by_request` ON `request_attachment` (`request`);--> statement-breakpoint
CREATE TABLE `equipment_policy` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`policy` text NOT NULL,
	`oneMayDoBoth` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `equipment_policy_by_time` ON `equipment_policy` (`municipality`,`at`);--> statement-breakpoint
CREATE TABLE `request` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`association` text NOT NULL,
	`state` text NOT NULL,
	`receiptYear` integer,
	`receiptNo` integer,
	`plan` text NOT NULL,
	`roster` text,
	`checks` text,
	`preparedBy` text,
	`override` text,
	`createdBy` text NOT NULL,
	`changedAt` integer NOT NULL,
	`sentAt` integer,
	`decidedOn` text,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`preparedBy`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdBy`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `request_numbered_once` ON `request` (`municipality`,`receiptYear`,`receiptNo`);--> statement-breakpoint
CREATE INDEX `request_by_state` ON `request` (`municipality`,`state`,`changedAt`);--> statement-breakpoint
CREATE INDEX `request_by_change` ON `request` (`municipality`,`changedAt`);--> statement-breakpoint
CREATE INDEX `request_by_body` ON `request` (`association`,`changedAt`);--> statement-breakpoint
CREATE TABLE `request_deed` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`request` text NOT NULL,
	`deed` text NOT NULL,
	`words` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`request`) REFERENCES `request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `request_deed_by_request` ON `request_deed` (`request`,`id`);--> statement-breakpoint
CREATE TABLE `request_line` (
	`request` text NOT NULL,
	`item` text NOT NULL,
	`size` text NOT NULL,
	`municipality` text NOT NULL,
	`asked` integer NOT NULL,
	`suggested` integer,
	`approved` integer,
	`reason` text,
	`allocated` integer NOT NULL,
	`handed` integer NOT NULL,
	PRIMARY KEY(`request`, `item`, `size`),
	FOREIGN KEY (`request`) REFERENCES `request`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `request_line_by_item` ON `request_line` (`item`,`size`);--> statement-breakpoint
ALTER TABLE `stock_movement` ADD `handover` text REFERENCES handover(id);--> statement-breakpoint
CREATE INDEX `stock_movement_by_handover` ON `stock_movement` (`handover`);