-- expect gone: late_evaluation
-- Grades are given in the summer after a year is closed, from its closed figures: they are none of what came late.
DROP TRIGGER `late_evaluation`;
--> statement-breakpoint
-- 締切後, as the figures grew: findings of the year and their answers, requests by number and decision, days without a school run.
CREATE TRIGGER `late_finding` AFTER INSERT ON `finding`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'finding', NEW.`id`, 'arrived', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND NEW.`onDay` BETWEEN c.`firstDay` AND c.`lastDay`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_finding_day` AFTER UPDATE OF `onDay` ON `finding`
WHEN OLD.`onDay` <> NEW.`onDay`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'finding', NEW.`id`, 'corrected', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND (NEW.`onDay` BETWEEN c.`firstDay` AND c.`lastDay` OR OLD.`onDay` BETWEEN c.`firstDay` AND c.`lastDay`);
END;
--> statement-breakpoint
CREATE TRIGGER `late_finding_removed` AFTER DELETE ON `finding`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'finding', OLD.`id`, 'uncounted', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = OLD.`municipality` AND OLD.`onDay` BETWEEN c.`firstDay` AND c.`lastDay`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_finding_answer` AFTER INSERT ON `finding_answer`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'finding', NEW.`finding`, 'changed', NEW.`by`, NEW.`at` FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND (SELECT `onDay` FROM `finding` WHERE `id` = NEW.`finding`) BETWEEN c.`firstDay` AND c.`lastDay`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_request` AFTER UPDATE OF `receiptYear`, `decidedOn`, `state` ON `request`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'request', NEW.`id`, 'changed', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND ((c.`fiscalYear` IN (OLD.`receiptYear`, NEW.`receiptYear`) AND OLD.`receiptYear` IS NOT NEW.`receiptYear`)
		OR (OLD.`decidedOn` IS NOT NEW.`decidedOn` AND (OLD.`decidedOn` BETWEEN c.`firstDay` AND c.`lastDay` OR NEW.`decidedOn` BETWEEN c.`firstDay` AND c.`lastDay`))
		OR ((OLD.`state` = 'declined') <> (NEW.`state` = 'declined') AND NEW.`decidedOn` BETWEEN c.`firstDay` AND c.`lastDay`));
END;
--> statement-breakpoint
CREATE TRIGGER `late_closed_day` AFTER INSERT ON `closed_day`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'closedDay', NEW.`id`, 'arrived', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = NEW.`municipality` AND NEW.`onDay` BETWEEN c.`firstDay` AND c.`lastDay`;
END;
--> statement-breakpoint
CREATE TRIGGER `late_closed_day_removed` AFTER DELETE ON `closed_day`
BEGIN
	INSERT INTO `late_arrival` (`municipality`, `closing`, `kind`, `thing`, `deed`, `by`, `at`)
	SELECT c.`municipality`, c.`id`, 'closedDay', OLD.`id`, 'uncounted', NULL, CAST(unixepoch('subsec') * 1000 AS INTEGER) FROM `standing_closing` c
	WHERE c.`municipality` = OLD.`municipality` AND OLD.`onDay` BETWEEN c.`firstDay` AND c.`lastDay`;
END;
