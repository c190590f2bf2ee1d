DROP INDEX `stock_movement_by_handover`;--> statement-breakpoint
CREATE INDEX `stock_movement_by_handover` ON `stock_movement` (`handover`,`item`,`size`);