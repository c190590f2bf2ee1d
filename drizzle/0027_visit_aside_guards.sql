-- An answer that was set aside stays as it came; the office settles it once.

CREATE TRIGGER pocket_aside_stays BEFORE UPDATE ON pocket_aside
WHEN OLD.settledAt IS NOT NULL OR NEW.settledAt IS NULL OR NEW.settled IS NULL OR NEW.settledBy IS NULL
	OR NEW.id <> OLD.id OR NEW.municipality <> OLD.municipality OR NEW.pocket <> OLD.pocket OR NEW.fiscalYear <> OLD.fiscalYear
	OR NEW.why <> OLD.why OR NEW.method <> OLD.method OR NEW.result <> OLD.result OR NEW.words IS NOT OLD.words
	OR NEW."on" <> OLD."on" OR NEW.by <> OLD.by OR NEW.at <> OLD.at
BEGIN SELECT RAISE(ABORT, 'guard: an answer that was set aside is only settled'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_aside_kept BEFORE DELETE ON pocket_aside
BEGIN SELECT RAISE(ABORT, 'guard: answers are kept'); END;
