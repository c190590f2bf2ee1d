CREATE TABLE `trail` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`at` integer NOT NULL,
	`person` text,
	`deed` text NOT NULL,
	`kind` text NOT NULL,
	`thing` text NOT NULL,
	`facts` text
);
--> statement-breakpoint
CREATE INDEX `trail_by_thing` ON `trail` (`kind`,`thing`);--> statement-breakpoint
CREATE INDEX `trail_by_time` ON `trail` (`municipality`,`at`);--> statement-breakpoint
CREATE TABLE `association` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`kana` text NOT NULL,
	`towns` text NOT NULL,
	`memberCount` integer,
	`residentCount` integer,
	`foundedOn` text,
	`registeredOn` text,
	`contactPhone` text,
	`note` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `association_once` ON `association` (`municipality`,`name`);--> statement-breakpoint
CREATE INDEX `association_by_kana` ON `association` (`municipality`,`kana`);--> statement-breakpoint
CREATE TABLE `association_ending` (
	`association` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`endedOn` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `association_school` (
	`municipality` text NOT NULL,
	`association` text NOT NULL,
	`school` text NOT NULL,
	PRIMARY KEY(`association`, `school`),
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school`) REFERENCES `school`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `association_school_by_school` ON `association_school` (`school`);--> statement-breakpoint
CREATE TABLE `membership` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`association` text NOT NULL,
	`duty` text,
	`joinedOn` text NOT NULL,
	`endedOn` text,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `membership_by_association` ON `membership` (`association`,`endedOn`);--> statement-breakpoint
CREATE INDEX `membership_by_person` ON `membership` (`person`,`endedOn`);--> statement-breakpoint
CREATE TABLE `membership_ending` (
	`membership` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`reason` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`membership`) REFERENCES `membership`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `municipality` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`host` text,
	`settings` text NOT NULL,
	`demo` integer NOT NULL,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`name` text NOT NULL,
	`kana` text NOT NULL,
	`phone` text,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_by_kana` ON `person` (`municipality`,`kana`);--> statement-breakpoint
CREATE TABLE `role_ending` (
	`grant` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`reason` text NOT NULL,
	`successor` text,
	`by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`grant`) REFERENCES `role_grant`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`successor`) REFERENCES `role_grant`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `role_grant` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`association` text,
	`section` text,
	`school` text,
	`fromOn` text NOT NULL,
	`untilOn` text NOT NULL,
	`grantedBy` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`section`) REFERENCES `section`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school`) REFERENCES `school`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`grantedBy`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `role_grant_by_person` ON `role_grant` (`person`,`untilOn`);--> statement-breakpoint
CREATE INDEX `role_grant_by_association` ON `role_grant` (`association`,`role`);--> statement-breakpoint
CREATE TABLE `school` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`name` text NOT NULL,
	`kana` text NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `school_once` ON `school` (`municipality`,`name`);--> statement-breakpoint
CREATE TABLE `section` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`code` text NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `section_once` ON `section` (`municipality`,`code`);--> statement-breakpoint
CREATE TABLE `section_name` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`section` text NOT NULL,
	`name` text NOT NULL,
	`fromFiscalYear` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`section`) REFERENCES `section`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `section_name_once` ON `section_name` (`section`,`fromFiscalYear`);