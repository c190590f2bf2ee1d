ALTER TABLE `mailbox` ADD `locale` text DEFAULT 'ja' NOT NULL;--> statement-breakpoint
ALTER TABLE `push_subscription` ADD `locale` text DEFAULT 'ja' NOT NULL;