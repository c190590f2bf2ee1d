-- What was written down stays as it was: a correction is a version more, taking back a row of its own, and after that nothing more is written.
CREATE TRIGGER `outreach_version_kept` BEFORE UPDATE ON `outreach_version` BEGIN SELECT RAISE(ABORT, 'guard: what was written stays'); END;
--> statement-breakpoint
CREATE TRIGGER `outreach_version_stays` BEFORE DELETE ON `outreach_version` BEGIN SELECT RAISE(ABORT, 'guard: what was written stays'); END;
--> statement-breakpoint
CREATE TRIGGER `outreach_cancelling_kept` BEFORE UPDATE ON `outreach_cancelling` BEGIN SELECT RAISE(ABORT, 'guard: what was taken back stays so'); END;
--> statement-breakpoint
CREATE TRIGGER `outreach_cancelling_stays` BEFORE DELETE ON `outreach_cancelling` BEGIN SELECT RAISE(ABORT, 'guard: what was taken back stays so'); END;
--> statement-breakpoint
CREATE TRIGGER `outreach_stays` BEFORE DELETE ON `outreach` BEGIN SELECT RAISE(ABORT, 'guard: what was written stays'); END;
--> statement-breakpoint
CREATE TRIGGER `outreach_counts_up` BEFORE UPDATE ON `outreach`
WHEN NEW.`id` <> OLD.`id` OR NEW.`municipality` <> OLD.`municipality` OR NEW.`kind` <> OLD.`kind` OR NEW.`latest` <> OLD.`latest` + 1
	OR NOT EXISTS (SELECT 1 FROM `outreach_version` WHERE `outreach` = NEW.`id` AND `number` = NEW.`latest`)
BEGIN SELECT RAISE(ABORT, 'guard: only the number of the version moves, to one that is there'); END;
--> statement-breakpoint
CREATE TRIGGER `outreach_version_whole` BEFORE INSERT ON `outreach_version`
WHEN NOT EXISTS (SELECT 1 FROM `outreach` o WHERE o.`id` = NEW.`outreach` AND o.`municipality` = NEW.`municipality` AND CASE o.`kind`
	WHEN 'event' THEN NEW.`sort` IN ('lecture', 'council', 'gathering') AND NEW.`place` IS NULL AND NEW.`untilDay` IS NULL
		AND (NEW.`count` IS NULL OR NEW.`count` >= 0)
	WHEN 'alert' THEN NEW.`sort` IN ('suspicious', 'fraud', 'theft', 'other') AND NEW.`place` IS NULL AND NEW.`untilDay` IS NULL
		AND NEW.`count` IS NULL
	WHEN 'material' THEN NEW.`sort` IN ('banner', 'flag', 'poster') AND NEW.`place` IS NOT NULL AND NEW.`untilDay` >= NEW.`onDay`
		AND NEW.`count` >= 1
	ELSE NEW.`sort` IS NULL AND NEW.`place` IS NULL AND NEW.`untilDay` IS NULL AND NEW.`count` >= 1 END)
BEGIN SELECT RAISE(ABORT, 'guard: what this kind of outreach tells'); END;
--> statement-breakpoint
CREATE TRIGGER `outreach_version_open` BEFORE INSERT ON `outreach_version`
WHEN EXISTS (SELECT 1 FROM `outreach_cancelling` WHERE `outreach` = NEW.`outreach`)
BEGIN SELECT RAISE(ABORT, 'guard: what was taken back is written no more'); END;
