-- A closed year is published: what was frozen stays as it was. A re-count is a row more, with its reason; what arrived late stays said.
CREATE TRIGGER `year_closing_kept` BEFORE UPDATE ON `year_closing` BEGIN SELECT RAISE(ABORT, 'guard: what was closed stays'); END;
--> statement-breakpoint
CREATE TRIGGER `year_closing_stays` BEFORE DELETE ON `year_closing` BEGIN SELECT RAISE(ABORT, 'guard: what was closed stays'); END;
--> statement-breakpoint
CREATE TRIGGER `year_closing_next` BEFORE INSERT ON `year_closing`
WHEN NEW.`number` <> 1 + (SELECT count(*) FROM `year_closing` WHERE `municipality` = NEW.`municipality` AND `fiscalYear` = NEW.`fiscalYear`)
	OR (NEW.`number` = 1) <> (NEW.`reason` IS NULL) OR trim(coalesce(NEW.`reason`, '-')) = ''
BEGIN SELECT RAISE(ABORT, 'guard: closings are numbered one after another, and counting again needs a reason'); END;
--> statement-breakpoint
CREATE TRIGGER `late_arrival_kept` BEFORE UPDATE ON `late_arrival` BEGIN SELECT RAISE(ABORT, 'guard: what came late stays said'); END;
--> statement-breakpoint
CREATE TRIGGER `late_arrival_stays` BEFORE DELETE ON `late_arrival` BEGIN SELECT RAISE(ABORT, 'guard: what came late stays said'); END;
--> statement-breakpoint
-- The last closing of each year, with the days of the year.
CREATE VIEW `standing_closing` AS SELECT c.`id`, c.`municipality`, c.`fiscalYear`, c.`fiscalYear` || '-04-01' AS `firstDay`,
	(c.`fiscalYear` + 1) || '-03-31' AS `lastDay`
FROM `year_closing` c WHERE c.`number` = (SELECT max(l.`number`) FROM `year_closing` l
	WHERE l.`municipality` = c.`municipality` AND l.`fiscalYear` = c.`fiscalYear`);
--> statement-breakpoint
-- 締切後: whatever bears on a closed year is told here in the transaction that writes it, so that nothing falls between closing and tray.
-- Logs: arrived, corrected (from one year into another is told in both), confirmed, taken back, merged.
CREATE TRIGGER `late_log_version` AFTER INSERT ON `log_version`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'log', NEW.`log`, iif(NEW.`number` = 1, 'arrived', 'corrected'), NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` IN (NEW.`fiscalYear`,
		(SELECT `fiscalYear` FROM `log_version` WHERE `log` = NEW.`log` AND `number` = NEW.`number` - 1));
END;
--> statement-breakpoint
CREATE TRIGGER `late_log_confirmation` AFTER INSERT ON `log_confirmation`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'log', NEW.`log`, 'counted', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = (SELECT `fiscalYear` FROM `log_version` WHERE `id` = NEW.`version`);
END;
--> statement-breakpoint
CREATE TRIGGER `late_log_withdrawal` AFTER INSERT ON `log_withdrawal`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'log', NEW.`log`, 'uncounted', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = (SELECT v.`fiscalYear` FROM `log` g JOIN `log_version` v ON v.`log` = g.`id` AND v.`number` = g.`latest` WHERE g.`id` = NEW.`log`);
END;
--> statement-breakpoint
CREATE TRIGGER `late_log_merge` AFTER INSERT ON `log_merge`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'log', NEW.`log`, 'uncounted', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = (SELECT v.`fiscalYear` FROM `log` g JOIN `log_version` v ON v.`log` = g.`id` AND v.`number` = g.`latest` WHERE g.`id` = NEW.`log`);
END;
--> statement-breakpoint
CREATE TRIGGER `late_log_merge_undone` AFTER UPDATE OF `undoneAt` ON `log_merge`
WHEN OLD.`undoneAt` IS NULL AND NEW.`undoneAt` IS NOT NULL
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'log', NEW.`log`, 'counted', NEW.`undoneBy`, NEW.`undoneAt` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = (SELECT v.`fiscalYear` FROM `log` g JOIN `log_version` v ON v.`log` = g.`id` AND v.`number` = g.`latest` WHERE g.`id` = NEW.`log`);
END;
--> statement-breakpoint
-- Hand-overs: booked, booked after all, undone.
CREATE TRIGGER `late_handover` AFTER INSERT ON `handover`
WHEN NEW.`state` = 'booked'
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'request', NEW.`request`, 'counted', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = NEW.`fiscalYear`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_handover_state` AFTER UPDATE OF `state` ON `handover`
WHEN (OLD.`state` = 'booked') <> (NEW.`state` = 'booked')
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'request', NEW.`request`, iif(NEW.`state` = 'booked', 'counted', 'uncounted'), NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = NEW.`fiscalYear`;
END;
--> statement-breakpoint
-- Refuge homes: registered, ended or set right by a day in the year or before its end; answers of its round.
CREATE TRIGGER `late_pocket` AFTER INSERT ON `pocket`
WHEN NEW.`registeredOn` IS NOT NULL
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'pocket', NEW.`id`, 'counted', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND (coalesce(NEW.`registeredOn` <= c.`lastDay` AND (NEW.`endedOn` IS NULL OR NEW.`endedOn` > c.`lastDay`), 0) OR NEW.`registeredOn` BETWEEN c.`firstDay` AND c.`lastDay` OR NEW.`endedOn` BETWEEN c.`firstDay` AND c.`lastDay`);
END;
--> statement-breakpoint
CREATE TRIGGER `late_pocket_days` AFTER UPDATE OF `registeredOn`, `endedOn` ON `pocket`
WHEN OLD.`registeredOn` IS NOT NEW.`registeredOn` OR OLD.`endedOn` IS NOT NEW.`endedOn`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'pocket', NEW.`id`, CASE coalesce(NEW.`registeredOn` <= c.`lastDay` AND (NEW.`endedOn` IS NULL OR NEW.`endedOn` > c.`lastDay`), 0) - coalesce(OLD.`registeredOn` <= c.`lastDay` AND (OLD.`endedOn` IS NULL OR OLD.`endedOn` > c.`lastDay`), 0)
		WHEN 1 THEN 'counted' WHEN -1 THEN 'uncounted' ELSE 'changed' END, NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND (coalesce(NEW.`registeredOn` <= c.`lastDay` AND (NEW.`endedOn` IS NULL OR NEW.`endedOn` > c.`lastDay`), 0) <> coalesce(OLD.`registeredOn` <= c.`lastDay` AND (OLD.`endedOn` IS NULL OR OLD.`endedOn` > c.`lastDay`), 0)
		OR NEW.`registeredOn` BETWEEN c.`firstDay` AND c.`lastDay` OR NEW.`endedOn` BETWEEN c.`firstDay` AND c.`lastDay` OR OLD.`registeredOn` BETWEEN c.`firstDay` AND c.`lastDay` OR OLD.`endedOn` BETWEEN c.`firstDay` AND c.`lastDay`);
END;
--> statement-breakpoint
CREATE TRIGGER `late_pocket_removed` AFTER DELETE ON `pocket`
WHEN OLD.`registeredOn` IS NOT NULL
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'pocket', OLD.`id`, 'uncounted', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = OLD.`municipality` AND (coalesce(OLD.`registeredOn` <= c.`lastDay` AND (OLD.`endedOn` IS NULL OR OLD.`endedOn` > c.`lastDay`), 0) OR OLD.`registeredOn` BETWEEN c.`firstDay` AND c.`lastDay` OR OLD.`endedOn` BETWEEN c.`firstDay` AND c.`lastDay`);
END;
--> statement-breakpoint
CREATE TRIGGER `late_pocket_confirmation` AFTER INSERT ON `pocket_confirmation`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'pocket', NEW.`pocket`, 'written', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = NEW.`fiscalYear`;
END;
--> statement-breakpoint
-- Events, alerts, materials, badges.
CREATE TRIGGER `late_outreach` AFTER INSERT ON `outreach_version`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'outreach', NEW.`outreach`, iif(NEW.`number` = 1, 'arrived', 'corrected'), NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND ((NEW.`onDay` <= c.`lastDay` AND coalesce(NEW.`untilDay`, NEW.`onDay`) >= c.`firstDay`)
		OR EXISTS (SELECT 1 FROM `outreach_version` v WHERE v.`outreach` = NEW.`outreach` AND v.`number` = NEW.`number` - 1
			AND v.`onDay` <= c.`lastDay` AND coalesce(v.`untilDay`, v.`onDay`) >= c.`firstDay`));
END;
--> statement-breakpoint
CREATE TRIGGER `late_outreach_cancelling` AFTER INSERT ON `outreach_cancelling`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'outreach', NEW.`outreach`, 'uncounted', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND EXISTS (SELECT 1 FROM `outreach` o
		JOIN `outreach_version` v ON v.`outreach` = o.`id` AND v.`number` = o.`latest` WHERE o.`id` = NEW.`outreach` AND v.`onDay` <= c.`lastDay` AND coalesce(v.`untilDay`, v.`onDay`) >= c.`firstDay`);
END;
--> statement-breakpoint
-- What officers type, write and grade; what is planned for the next year is printed in the table of this one.
CREATE TRIGGER `late_typed_figure` AFTER INSERT ON `typed_figure`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'typed_metric', NEW.`metric`, 'written', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = NEW.`fiscalYear`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_cell_text` AFTER INSERT ON `cell_text`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure_section', NEW.`cell`, 'written', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = NEW.`fiscalYear` - iif(NEW.`column` = 'planned', 1, 0);
END;
--> statement-breakpoint
CREATE TRIGGER `late_evaluation` AFTER INSERT ON `evaluation`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure_section', NEW.`cell`, 'written', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = NEW.`fiscalYear`;
END;
--> statement-breakpoint
-- What else moves a figure: cars, the months of the greeting campaign, the school run, memoranda. Who did it stands in the trail.
CREATE TRIGGER `late_vehicle` AFTER INSERT ON `vehicle`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'vehicle', NEW.`id`, 'arrived', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND NEW.`inServiceFrom` <= c.`lastDay`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_vehicle_day` AFTER UPDATE OF `inServiceFrom` ON `vehicle`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'vehicle', NEW.`id`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND (NEW.`inServiceFrom` <= c.`lastDay`) <> (OLD.`inServiceFrom` <= c.`lastDay`);
END;
--> statement-breakpoint
CREATE TRIGGER `late_vehicle_retirement` AFTER INSERT ON `vehicle_retirement`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'vehicle', NEW.`vehicle`, 'changed', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND NEW.`lastOn` < c.`lastDay`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_vehicle_back` AFTER DELETE ON `vehicle_retirement`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'vehicle', OLD.`vehicle`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = OLD.`municipality` AND OLD.`lastOn` < c.`lastDay`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_campaign` AFTER INSERT ON `campaign`
WHEN NEW.`programme` = 'greeting'
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'campaign', NEW.`id`, 'arrived', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` = NEW.`fiscalYear`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_campaign_changed` AFTER UPDATE ON `campaign`
WHEN 'greeting' IN (OLD.`programme`, NEW.`programme`)
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'campaign', NEW.`id`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND c.`fiscalYear` IN (OLD.`fiscalYear`, NEW.`fiscalYear`);
END;
--> statement-breakpoint
CREATE TRIGGER `late_campaign_removed` AFTER DELETE ON `campaign`
WHEN OLD.`programme` = 'greeting'
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'campaign', OLD.`id`, 'uncounted', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = OLD.`municipality` AND c.`fiscalYear` = OLD.`fiscalYear`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_school_run` AFTER INSERT ON `weekly_rule`
WHEN NEW.`programme` = 'cityCarSchool'
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'weeklyRule', NEW.`id`, 'arrived', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND (NEW.`startOn` <= c.`lastDay` AND NEW.`endOn` >= c.`firstDay`);
END;
--> statement-breakpoint
CREATE TRIGGER `late_school_run_changed` AFTER UPDATE OF `times`, `startOn`, `endOn` ON `weekly_rule`
WHEN NEW.`programme` = 'cityCarSchool'
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'weeklyRule', NEW.`id`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND ((NEW.`startOn` <= c.`lastDay` AND NEW.`endOn` >= c.`firstDay`) <> (OLD.`startOn` <= c.`lastDay` AND OLD.`endOn` >= c.`firstDay`) OR ((NEW.`startOn` <= c.`lastDay` AND NEW.`endOn` >= c.`firstDay`) AND NEW.`times` <> OLD.`times`));
END;
--> statement-breakpoint
CREATE TRIGGER `late_memorandum` AFTER INSERT ON `association`
WHEN NEW.`kind` = 'business'
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'association', NEW.`id`, 'arrived', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND coalesce(NEW.`memorandumOn` <= c.`lastDay`, 0);
END;
--> statement-breakpoint
CREATE TRIGGER `late_memorandum_changed` AFTER UPDATE OF `memorandumOn` ON `association`
WHEN NEW.`kind` = 'business'
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'association', NEW.`id`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND coalesce(NEW.`memorandumOn` <= c.`lastDay`, 0) <> coalesce(OLD.`memorandumOn` <= c.`lastDay`, 0);
END;
--> statement-breakpoint
CREATE TRIGGER `late_memorandum_ended` AFTER INSERT ON `association_ending`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'association', NEW.`association`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND (SELECT `memorandumOn` FROM `association` WHERE `id` = NEW.`association`) <= c.`lastDay` AND NEW.`endedOn` <= c.`lastDay`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_memorandum_resumed` AFTER DELETE ON `association_ending`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'association', OLD.`association`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = OLD.`municipality` AND (SELECT `memorandumOn` FROM `association` WHERE `id` = OLD.`association`) <= c.`lastDay` AND OLD.`endedOn` <= c.`lastDay`;
END;
--> statement-breakpoint
-- And what the table itself is made of.
CREATE TRIGGER `late_section_name` AFTER INSERT ON `section_name`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'section', NEW.`section`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND NEW.`fromFiscalYear` <= c.`fiscalYear` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `late_section_renamed` AFTER UPDATE OF `name`, `fromFiscalYear` ON `section_name`
WHEN NEW.`name` <> OLD.`name` OR NEW.`fromFiscalYear` <> OLD.`fromFiscalYear`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'section', NEW.`section`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND min(NEW.`fromFiscalYear`, OLD.`fromFiscalYear`) <= c.`fiscalYear` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `late_counting` AFTER UPDATE OF `settings` ON `municipality`
WHEN coalesce(json_extract(NEW.`settings`, '$.leaveOutUnconfirmed'), 0) <> coalesce(json_extract(OLD.`settings`, '$.leaveOutUnconfirmed'), 0)
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'municipality', NEW.`id`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`id` AND true;
END;
--> statement-breakpoint
CREATE TRIGGER `late_measure` AFTER INSERT ON `measure`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure', NEW.`id`, 'arrived', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND (c.`fiscalYear` BETWEEN NEW.`fromYear` AND coalesce(NEW.`untilYear`, 9999));
END;
--> statement-breakpoint
CREATE TRIGGER `late_measure_changed` AFTER UPDATE ON `measure`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure', NEW.`id`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND ((c.`fiscalYear` BETWEEN NEW.`fromYear` AND coalesce(NEW.`untilYear`, 9999)) OR (c.`fiscalYear` BETWEEN OLD.`fromYear` AND coalesce(OLD.`untilYear`, 9999)));
END;
--> statement-breakpoint
CREATE TRIGGER `late_measure_removed` AFTER DELETE ON `measure`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure', OLD.`id`, 'uncounted', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = OLD.`municipality` AND (c.`fiscalYear` BETWEEN OLD.`fromYear` AND coalesce(OLD.`untilYear`, 9999));
END;
--> statement-breakpoint
CREATE TRIGGER `late_measure_section` AFTER INSERT ON `measure_section`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure', NEW.`measure`, 'arrived', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND (c.`fiscalYear` BETWEEN NEW.`fromYear` AND coalesce(NEW.`untilYear`, 9999));
END;
--> statement-breakpoint
CREATE TRIGGER `late_measure_section_changed` AFTER UPDATE ON `measure_section`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure', NEW.`measure`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND ((c.`fiscalYear` BETWEEN NEW.`fromYear` AND coalesce(NEW.`untilYear`, 9999)) OR (c.`fiscalYear` BETWEEN OLD.`fromYear` AND coalesce(OLD.`untilYear`, 9999)));
END;
--> statement-breakpoint
CREATE TRIGGER `late_measure_section_removed` AFTER DELETE ON `measure_section`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure', OLD.`measure`, 'uncounted', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = OLD.`municipality` AND (c.`fiscalYear` BETWEEN OLD.`fromYear` AND coalesce(OLD.`untilYear`, 9999));
END;
--> statement-breakpoint
CREATE TRIGGER `late_placement` AFTER INSERT ON `placement`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure', (SELECT `measure` FROM `measure_section` WHERE `id` = NEW.`cell`), 'arrived', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND (c.`fiscalYear` BETWEEN NEW.`fromYear` AND coalesce(NEW.`untilYear`, 9999));
END;
--> statement-breakpoint
CREATE TRIGGER `late_placement_changed` AFTER UPDATE ON `placement`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure', (SELECT `measure` FROM `measure_section` WHERE `id` = NEW.`cell`), 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND ((c.`fiscalYear` BETWEEN NEW.`fromYear` AND coalesce(NEW.`untilYear`, 9999)) OR (c.`fiscalYear` BETWEEN OLD.`fromYear` AND coalesce(OLD.`untilYear`, 9999)));
END;
--> statement-breakpoint
CREATE TRIGGER `late_placement_removed` AFTER DELETE ON `placement`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'measure', (SELECT `measure` FROM `measure_section` WHERE `id` = OLD.`cell`), 'uncounted', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = OLD.`municipality` AND (c.`fiscalYear` BETWEEN OLD.`fromYear` AND coalesce(OLD.`untilYear`, 9999));
END;
