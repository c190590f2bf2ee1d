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
CREATE TABLE `vehicle` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`name` text NOT NULL,
	`plate` text NOT NULL,
	`inServiceFrom` text NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `vehicle_once` ON `vehicle` (`municipality`,`name`);--> statement-breakpoint
CREATE TABLE `vehicle_retirement` (
	`vehicle` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`lastOn` text NOT NULL,
	`reason` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`vehicle`) REFERENCES `vehicle`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `log` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`association` text,
	`section` text,
	`author` text NOT NULL,
	`forOthers` integer NOT NULL,
	`latest` integer NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`section`) REFERENCES `section`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `log_by_author` ON `log` (`author`);--> statement-breakpoint
CREATE TABLE `log_association` (
	`version` text NOT NULL,
	`association` text NOT NULL,
	`municipality` text NOT NULL,
	PRIMARY KEY(`version`, `association`),
	FOREIGN KEY (`version`) REFERENCES `log_version`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `log_association_by_association` ON `log_association` (`association`,`version`);--> statement-breakpoint
CREATE TABLE `log_confirmation` (
	`version` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`log` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`version`) REFERENCES `log_version`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`log`) REFERENCES `log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `log_confirmation_by_log` ON `log_confirmation` (`log`);--> statement-breakpoint
CREATE TABLE `log_distinct` (
	`log` text NOT NULL,
	`other` text NOT NULL,
	`municipality` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`log`, `other`),
	FOREIGN KEY (`log`) REFERENCES `log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other`) REFERENCES `log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `log_merge` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`log` text NOT NULL,
	`into` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`undoneBy` text,
	`undoneAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`log`) REFERENCES `log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`into`) REFERENCES `log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undoneBy`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `log_merge_once` ON `log_merge` (`log`) WHERE "undoneAt" is null;--> statement-breakpoint
CREATE INDEX `log_merge_by_into` ON `log_merge` (`into`);--> statement-breakpoint
CREATE TABLE `log_name` (
	`version` text NOT NULL,
	`place` integer NOT NULL,
	`name` text NOT NULL,
	`municipality` text NOT NULL,
	PRIMARY KEY(`version`, `place`),
	FOREIGN KEY (`version`) REFERENCES `log_version`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `log_others` (
	`version` text NOT NULL,
	`kind` text NOT NULL,
	`heads` integer NOT NULL,
	`municipality` text NOT NULL,
	PRIMARY KEY(`version`, `kind`),
	FOREIGN KEY (`version`) REFERENCES `log_version`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `log_person` (
	`version` text NOT NULL,
	`person` text NOT NULL,
	`municipality` text NOT NULL,
	PRIMARY KEY(`version`, `person`),
	FOREIGN KEY (`version`) REFERENCES `log_version`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `log_person_by_person` ON `log_person` (`person`,`version`);--> statement-breakpoint
CREATE TABLE `log_send_back` (
	`version` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`log` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`version`) REFERENCES `log_version`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`log`) REFERENCES `log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `log_send_back_by_log` ON `log_send_back` (`log`);--> statement-breakpoint
CREATE TABLE `log_version` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`log` text NOT NULL,
	`number` integer NOT NULL,
	`reason` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`programme` text NOT NULL,
	`shift` text,
	`onDay` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`assembledAt` integer,
	`departedAt` integer NOT NULL,
	`finishedAt` integer NOT NULL,
	`dismissedAt` integer,
	`leader` text,
	`method` text NOT NULL,
	`place` text,
	`metres` integer,
	`metresFrom` text,
	`weather` text,
	`policeCalledAt` integer,
	`remarks` text NOT NULL,
	`handOver` text NOT NULL,
	`track` text,
	`typed` integer NOT NULL,
	`clockDoubt` integer NOT NULL,
	`headcount` integer NOT NULL,
	`vehicle` text,
	`odometerStart` integer,
	`odometerEnd` integer,
	`blueLight` integer NOT NULL,
	`announced` integer NOT NULL,
	`cardHolder` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`log`) REFERENCES `log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift`) REFERENCES `shift`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`leader`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place`) REFERENCES `place`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`vehicle`) REFERENCES `vehicle`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `log_version_once` ON `log_version` (`log`,`number`);--> statement-breakpoint
CREATE INDEX `log_version_by_time` ON `log_version` (`municipality`,`departedAt`,`log`);--> statement-breakpoint
CREATE INDEX `log_version_by_year` ON `log_version` (`municipality`,`fiscalYear`,`programme`);--> statement-breakpoint
CREATE INDEX `log_version_by_shift` ON `log_version` (`shift`);--> statement-breakpoint
CREATE INDEX `log_version_by_vehicle` ON `log_version` (`vehicle`);--> statement-breakpoint
CREATE TABLE `log_withdrawal` (
	`log` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`log`) REFERENCES `log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `finding` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`log` text,
	`association` text,
	`section` text NOT NULL,
	`by` text NOT NULL,
	`kind` text NOT NULL,
	`lamp` text,
	`place` text NOT NULL,
	`lat` real,
	`lng` real,
	`note` text NOT NULL,
	`onDay` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`log`) REFERENCES `log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`section`) REFERENCES `section`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `finding_by_time` ON `finding` (`municipality`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `finding_by_section` ON `finding` (`section`,`at`);--> statement-breakpoint
CREATE INDEX `finding_by_association` ON `finding` (`association`,`at`);--> statement-breakpoint
CREATE INDEX `finding_by_log` ON `finding` (`log`);--> statement-breakpoint
CREATE TABLE `finding_answer` (
	`finding` text NOT NULL,
	`number` integer NOT NULL,
	`municipality` text NOT NULL,
	`step` text NOT NULL,
	`section` text NOT NULL,
	`words` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`finding`, `number`),
	FOREIGN KEY (`finding`) REFERENCES `finding`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`section`) REFERENCES `section`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `finding_answer_by_section` ON `finding_answer` (`section`);--> statement-breakpoint
CREATE TABLE `finding_desk` (
	`municipality` text NOT NULL,
	`kind` text NOT NULL,
	`section` text NOT NULL,
	PRIMARY KEY(`municipality`, `kind`),
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`section`) REFERENCES `section`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `finding_photo` (
	`finding` text NOT NULL,
	`sha256` text NOT NULL,
	`municipality` text NOT NULL,
	PRIMARY KEY(`finding`, `sha256`),
	FOREIGN KEY (`finding`) REFERENCES `finding`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `finding_photo_by_hash` ON `finding_photo` (`sha256`);--> statement-breakpoint
CREATE TABLE `account` (
	`person` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`loginId` text NOT NULL,
	`password` text,
	`passwordAt` integer,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_once` ON `account` (`municipality`,`loginId`);--> statement-breakpoint
CREATE TABLE `account_disabling` (
	`person` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`reason` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
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
	`memorandumOn` text,
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
CREATE TABLE `consent` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`purpose` text NOT NULL,
	`version` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consent_by_person` ON `consent` (`person`,`purpose`);--> statement-breakpoint
CREATE TABLE `consent_withdrawal` (
	`consent` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`consent`) REFERENCES `consent`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`association` text NOT NULL,
	`person` text NOT NULL,
	`codeHash` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	`usedAt` integer,
	`revokedAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitation_code_once` ON `invitation` (`codeHash`);--> statement-breakpoint
CREATE INDEX `invitation_by_person` ON `invitation` (`person`);--> statement-breakpoint
CREATE INDEX `invitation_by_association` ON `invitation` (`association`);--> statement-breakpoint
CREATE TABLE `known_device` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `known_device_by_person` ON `known_device` (`person`);--> statement-breakpoint
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
CREATE TABLE `password_link` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`by` text,
	`expiresAt` integer NOT NULL,
	`usedAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `password_link_by_person` ON `password_link` (`person`);--> statement-breakpoint
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
CREATE TABLE `recovery_code` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`usedAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `recovery_code_by_person` ON `recovery_code` (`person`);--> statement-breakpoint
CREATE TABLE `role_ending` (
	`grant` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`fromOn` text NOT NULL,
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
CREATE INDEX `role_grant_by_role` ON `role_grant` (`municipality`,`role`);--> statement-breakpoint
CREATE TABLE `role_offer` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`grant` text NOT NULL,
	`successor` text NOT NULL,
	`fromOn` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`grant`) REFERENCES `role_grant`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`successor`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `role_offer_by_grant` ON `role_offer` (`grant`);--> statement-breakpoint
CREATE INDEX `role_offer_by_successor` ON `role_offer` (`successor`);--> statement-breakpoint
CREATE TABLE `role_offer_answer` (
	`offer` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`answer` text NOT NULL,
	`grant` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`offer`) REFERENCES `role_offer`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`grant`) REFERENCES `role_grant`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `school` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`name` text NOT NULL,
	`kana` text NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `school_once` ON `school` (`municipality`,`name`);--> statement-breakpoint
CREATE TABLE `second_factor` (
	`person` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`secret` text NOT NULL,
	`confirmedAt` integer,
	`lastStep` integer NOT NULL,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
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
CREATE UNIQUE INDEX `section_name_once` ON `section_name` (`section`,`fromFiscalYear`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`device` text NOT NULL,
	`way` text NOT NULL,
	`createdAt` integer NOT NULL,
	`lastSeenAt` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_by_person` ON `session` (`person`);--> statement-breakpoint
CREATE INDEX `session_by_expiry` ON `session` (`expiresAt`);--> statement-breakpoint
CREATE TABLE `setup_link` (
	`id` text PRIMARY KEY NOT NULL,
	`createdAt` integer NOT NULL,
	`usedAt` integer
);
--> statement-breakpoint
CREATE TABLE `sign_in_step` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`passed` integer NOT NULL,
	`expiresAt` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sign_in_step_by_expiry` ON `sign_in_step` (`expiresAt`);--> statement-breakpoint
CREATE TABLE `job_run` (
	`id` text PRIMARY KEY NOT NULL,
	`job` text NOT NULL,
	`at` integer NOT NULL,
	`ms` integer NOT NULL,
	`done` integer NOT NULL,
	`counts` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `job_run_by_job` ON `job_run` (`job`,`at`);--> statement-breakpoint
CREATE TABLE `sync_blob` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`sha256` text NOT NULL,
	`type` text NOT NULL,
	`bytes` blob NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_blob_once` ON `sync_blob` (`municipality`,`sha256`);--> statement-breakpoint
CREATE TABLE `sync_blob_part` (
	`municipality` text NOT NULL,
	`sha256` text NOT NULL,
	`sender` text NOT NULL,
	`start` integer NOT NULL,
	`bytes` blob NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`municipality`, `sha256`, `sender`, `start`),
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sender`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sync_device` (
	`municipality` text NOT NULL,
	`device` text NOT NULL,
	`epoch` text NOT NULL,
	`person` text NOT NULL,
	`upTo` integer NOT NULL,
	`lastSeq` integer NOT NULL,
	`pending` integer NOT NULL,
	`oldestAt` integer,
	`app` text NOT NULL,
	`firstSeenAt` integer NOT NULL,
	`lastSeenAt` integer NOT NULL,
	PRIMARY KEY(`device`, `epoch`),
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sync_device_by_person` ON `sync_device` (`municipality`,`person`,`lastSeenAt`);--> statement-breakpoint
CREATE TABLE `sync_op` (
	`no` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`municipality` text NOT NULL,
	`hash` text NOT NULL,
	`device` text NOT NULL,
	`epoch` text NOT NULL,
	`seq` integer NOT NULL,
	`author` text NOT NULL,
	`bodyType` text NOT NULL,
	`body` text NOT NULL,
	`kind` text NOT NULL,
	`kv` integer NOT NULL,
	`base` text,
	`voids` integer,
	`at` integer NOT NULL,
	`receivedAt` integer NOT NULL,
	`flags` text,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_op_once` ON `sync_op` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sync_op_order` ON `sync_op` (`device`,`epoch`,`seq`);--> statement-breakpoint
CREATE INDEX `sync_op_by_author` ON `sync_op` (`author`,`no`);--> statement-breakpoint
CREATE INDEX `sync_op_by_base` ON `sync_op` (`base`) WHERE "sync_op"."base" is not null;--> statement-breakpoint
CREATE TABLE `sync_op_blob` (
	`municipality` text NOT NULL,
	`op` integer NOT NULL,
	`sha256` text NOT NULL,
	PRIMARY KEY(`op`, `sha256`),
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`op`) REFERENCES `sync_op`(`no`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sync_op_blob_by_hash` ON `sync_op_blob` (`sha256`);--> statement-breakpoint
CREATE TABLE `sync_outcome` (
	`no` integer PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`op` integer NOT NULL,
	`is` text NOT NULL,
	`code` text,
	`params` text,
	`field` text,
	`fix` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`op`) REFERENCES `sync_op`(`no`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sync_outcome_by_op` ON `sync_outcome` (`op`,`no`);--> statement-breakpoint
CREATE TABLE `sync_payload` (
	`op` integer PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`bytes` text NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sync_quarantine` (
	`no` integer PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`reason` text NOT NULL,
	`id` text NOT NULL,
	`hash` text NOT NULL,
	`device` text NOT NULL,
	`epoch` text NOT NULL,
	`seq` integer NOT NULL,
	`sender` text NOT NULL,
	`bytes` text NOT NULL,
	`receivedAt` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sender`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sync_quarantine_once` ON `sync_quarantine` (`sender`,`hash`,`device`,`epoch`,`seq`);--> statement-breakpoint
CREATE TABLE `sync_server` (
	`one` integer PRIMARY KEY NOT NULL,
	`server` text NOT NULL,
	`era` integer NOT NULL,
	`backupNo` integer NOT NULL,
	`lastNo` integer NOT NULL,
	`secret` text NOT NULL,
	CONSTRAINT "sync_server_is_one" CHECK("sync_server"."one" = 1)
);
--> statement-breakpoint
CREATE TABLE `sync_waiting` (
	`municipality` text NOT NULL,
	`op` integer NOT NULL,
	`needs` text NOT NULL,
	PRIMARY KEY(`op`, `needs`),
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`op`) REFERENCES `sync_op`(`no`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sync_waiting_by_need` ON `sync_waiting` (`needs`);--> statement-breakpoint
CREATE TABLE `attendance` (
	`signUp` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`result` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`signUp`) REFERENCES `sign_up`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `calendar_feed` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	`endedAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_by_hash` ON `calendar_feed` (`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_feed_once` ON `calendar_feed` (`person`) WHERE "endedAt" is null;--> statement-breakpoint
CREATE TABLE `campaign` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`name` text NOT NULL,
	`programme` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`fromMonth` integer NOT NULL,
	`toMonth` integer NOT NULL,
	`greeting` text,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `campaign_once` ON `campaign` (`municipality`,`fiscalYear`,`name`);--> statement-breakpoint
CREATE TABLE `closed_day` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`school` text,
	`onDay` text NOT NULL,
	`reason` text NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school`) REFERENCES `school`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `closed_day_of_school_once` ON `closed_day` (`school`,`onDay`);--> statement-breakpoint
CREATE UNIQUE INDEX `closed_day_of_all_once` ON `closed_day` (`municipality`,`onDay`) WHERE school is null;--> statement-breakpoint
CREATE INDEX `closed_day_by_day` ON `closed_day` (`municipality`,`onDay`);--> statement-breakpoint
CREATE TABLE `notice` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`shift` text NOT NULL,
	`about` text,
	`at` integer NOT NULL,
	`readAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift`) REFERENCES `shift`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`about`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notice_by_person` ON `notice` (`person`,`readAt`,`at`);--> statement-breakpoint
CREATE INDEX `notice_by_shift` ON `notice` (`shift`,`kind`);--> statement-breakpoint
CREATE TABLE `place` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`association` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`meetingSpot` text,
	`line` text NOT NULL,
	`metres` integer NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `place_once` ON `place` (`association`,`name`);--> statement-breakpoint
CREATE TABLE `place_ending` (
	`place` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`place`) REFERENCES `place`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `shift` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`association` text NOT NULL,
	`programme` text NOT NULL,
	`place` text NOT NULL,
	`campaign` text,
	`rule` text,
	`onDay` text NOT NULL,
	`from` text NOT NULL,
	`to` text NOT NULL,
	`startsAt` integer NOT NULL,
	`endsAt` integer NOT NULL,
	`capacity` integer NOT NULL,
	`minimum` integer NOT NULL,
	`note` text,
	`createdBy` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place`) REFERENCES `place`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rule`) REFERENCES `weekly_rule`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdBy`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shift_of_rule_once` ON `shift` (`rule`,`onDay`,`from`);--> statement-breakpoint
CREATE INDEX `shift_by_association` ON `shift` (`association`,`onDay`,`from`);--> statement-breakpoint
CREATE INDEX `shift_by_day` ON `shift` (`municipality`,`onDay`,`from`);--> statement-breakpoint
CREATE TABLE `shift_cancelling` (
	`shift` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`reason` text NOT NULL,
	`words` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`shift`) REFERENCES `shift`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sign_up` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`shift` text NOT NULL,
	`person` text NOT NULL,
	`seat` integer NOT NULL,
	`kind` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`endedAt` integer,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`shift`) REFERENCES `shift`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `seat_once` ON `sign_up` (`shift`,`seat`) WHERE "endedAt" is null;--> statement-breakpoint
CREATE UNIQUE INDEX `sign_up_once` ON `sign_up` (`shift`,`person`) WHERE "endedAt" is null;--> statement-breakpoint
CREATE INDEX `sign_up_by_person` ON `sign_up` (`person`,`endedAt`);--> statement-breakpoint
CREATE TABLE `sign_up_ending` (
	`signUp` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`signUp`) REFERENCES `sign_up`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `weekly_rule` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`association` text NOT NULL,
	`programme` text NOT NULL,
	`place` text NOT NULL,
	`campaign` text,
	`times` text NOT NULL,
	`weeks` text,
	`startOn` text NOT NULL,
	`endOn` text NOT NULL,
	`capacity` integer NOT NULL,
	`minimum` integer NOT NULL,
	`skipHolidays` integer NOT NULL,
	`skipClosedDays` integer NOT NULL,
	`school` text,
	`createdBy` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`association`) REFERENCES `association`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`place`) REFERENCES `place`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign`) REFERENCES `campaign`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`school`) REFERENCES `school`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`createdBy`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `weekly_rule_by_association` ON `weekly_rule` (`association`,`endOn`);--> statement-breakpoint
CREATE INDEX `weekly_rule_live` ON `weekly_rule` (`endOn`);