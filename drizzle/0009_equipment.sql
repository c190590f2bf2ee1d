CREATE TABLE `item` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`mode` text NOT NULL,
	`sizes` text NOT NULL,
	`reorderAt` integer,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `item_once` ON `item` (`municipality`,`name`);--> statement-breakpoint
CREATE TABLE `item_closing` (
	`item` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`item`) REFERENCES `item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `stock` (
	`item` text NOT NULL,
	`size` text NOT NULL,
	`municipality` text NOT NULL,
	`onHand` integer NOT NULL,
	`allocated` integer NOT NULL,
	PRIMARY KEY(`item`, `size`),
	FOREIGN KEY (`item`) REFERENCES `item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `stock_movement` (
	`id` integer PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`item` text NOT NULL,
	`size` text NOT NULL,
	`kind` text NOT NULL,
	`pieces` integer NOT NULL,
	`after` integer NOT NULL,
	`onDay` text NOT NULL,
	`fiscalYear` integer NOT NULL,
	`reason` text NOT NULL,
	`reverses` integer,
	`stocktake` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reverses`) REFERENCES `stock_movement`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`stocktake`) REFERENCES `stocktake`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stock_movement_reversed_once` ON `stock_movement` (`reverses`);--> statement-breakpoint
CREATE INDEX `stock_movement_by_item` ON `stock_movement` (`item`,`id`);--> statement-breakpoint
CREATE INDEX `stock_movement_by_year` ON `stock_movement` (`municipality`,`fiscalYear`,`id`);--> statement-breakpoint
CREATE INDEX `stock_movement_by_town` ON `stock_movement` (`municipality`,`id`);--> statement-breakpoint
CREATE TABLE `stocktake` (
	`id` text PRIMARY KEY NOT NULL,
	`municipality` text NOT NULL,
	`countedOn` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `stocktake_by_day` ON `stocktake` (`municipality`,`countedOn`);--> statement-breakpoint
CREATE TABLE `stocktake_line` (
	`stocktake` text NOT NULL,
	`item` text NOT NULL,
	`size` text NOT NULL,
	`municipality` text NOT NULL,
	`expected` integer NOT NULL,
	`counted` integer NOT NULL,
	PRIMARY KEY(`stocktake`, `item`, `size`),
	FOREIGN KEY (`stocktake`) REFERENCES `stocktake`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`item`) REFERENCES `item`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`municipality`) REFERENCES `municipality`(`id`) ON UPDATE no action ON DELETE no action
);
