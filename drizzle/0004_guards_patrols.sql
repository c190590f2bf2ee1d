-- What a log said stays readable: a correction is a new version, so no version is ever changed or removed, and neither is what
-- hangs on it.
CREATE TRIGGER log_version_no_update BEFORE UPDATE ON log_version
BEGIN
	SELECT RAISE(ABORT, 'guard: a version is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER log_version_no_delete BEFORE DELETE ON log_version
BEGIN
	SELECT RAISE(ABORT, 'guard: a version is never removed');
END;
--> statement-breakpoint
-- The number of the latest version is what two people correcting at once compare. It may only count up by one, and a version
-- may only be written under it, so it cannot disagree with the versions.
CREATE TRIGGER log_counts_up BEFORE UPDATE ON log
WHEN NEW.latest <> OLD.latest + 1 OR NEW.id <> OLD.id OR NEW.municipality <> OLD.municipality OR NEW.author <> OLD.author
	OR NEW.association IS NOT OLD.association OR NEW.section IS NOT OLD.section OR NEW.forOthers <> OLD.forOthers
BEGIN
	SELECT RAISE(ABORT, 'guard: a log only gains versions');
END;
--> statement-breakpoint
CREATE TRIGGER log_stays BEFORE DELETE ON log
BEGIN
	SELECT RAISE(ABORT, 'guard: logs are kept');
END;
--> statement-breakpoint
CREATE TRIGGER log_version_is_latest BEFORE INSERT ON log_version
WHEN NEW.number IS NOT (SELECT latest FROM log WHERE id = NEW.log AND municipality = NEW.municipality)
BEGIN
	SELECT RAISE(ABORT, 'guard: a version is written as the latest of its log');
END;
--> statement-breakpoint
-- Somebody confirms what they looked at: the latest version of that log, and never one that was taken back. A correction that
-- arrives in between must not be confirmed by accident.
CREATE TRIGGER log_confirmation_of_latest BEFORE INSERT ON log_confirmation
BEGIN
	SELECT RAISE(ABORT, 'guard: only the latest version is confirmed')
		WHERE NOT EXISTS (
			SELECT 1 FROM log_version v JOIN log l ON l.id = v.log AND l.latest = v.number
			WHERE v.id = NEW.version AND l.id = NEW.log
		);
	SELECT RAISE(ABORT, 'guard: a withdrawn log does not count')
		WHERE EXISTS (SELECT 1 FROM log_withdrawal WHERE log = NEW.log);
END;
--> statement-breakpoint
CREATE TRIGGER log_confirmation_no_update BEFORE UPDATE ON log_confirmation
BEGIN
	SELECT RAISE(ABORT, 'guard: a confirmation is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER log_confirmation_no_delete BEFORE DELETE ON log_confirmation
BEGIN
	SELECT RAISE(ABORT, 'guard: confirmations are kept');
END;
--> statement-breakpoint
CREATE TRIGGER log_send_back_no_update BEFORE UPDATE ON log_send_back
BEGIN
	SELECT RAISE(ABORT, 'guard: a sending back is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER log_withdrawal_no_update BEFORE UPDATE ON log_withdrawal
BEGIN
	SELECT RAISE(ABORT, 'guard: a withdrawal is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER log_withdrawal_no_delete BEFORE DELETE ON log_withdrawal
BEGIN
	SELECT RAISE(ABORT, 'guard: a withdrawal is final');
END;
--> statement-breakpoint
-- Two leaders merging two logs into each other at once would make both vanish from the figures.
CREATE TRIGGER log_merge_into_one_that_counts BEFORE INSERT ON log_merge
BEGIN
	SELECT RAISE(ABORT, 'guard: merged into a log that is merged itself')
		WHERE NEW.log = NEW."into" OR EXISTS (SELECT 1 FROM log_merge WHERE log = NEW."into" AND undoneAt IS NULL);
	SELECT RAISE(ABORT, 'guard: other logs are merged into this one')
		WHERE EXISTS (SELECT 1 FROM log_merge WHERE "into" = NEW.log AND undoneAt IS NULL);
END;
--> statement-breakpoint
CREATE TRIGGER log_merge_only_undone BEFORE UPDATE ON log_merge
WHEN OLD.undoneAt IS NOT NULL OR NEW.undoneAt IS NULL OR NEW.log <> OLD.log OR NEW."into" <> OLD."into"
BEGIN
	SELECT RAISE(ABORT, 'guard: a merge may only be undone, once');
END;
--> statement-breakpoint
CREATE TRIGGER finding_answer_no_update BEFORE UPDATE ON finding_answer
BEGIN
	SELECT RAISE(ABORT, 'guard: an answer is never changed');
END;
--> statement-breakpoint
CREATE TRIGGER finding_answer_no_delete BEFORE DELETE ON finding_answer
BEGIN
	SELECT RAISE(ABORT, 'guard: answers are kept');
END;
