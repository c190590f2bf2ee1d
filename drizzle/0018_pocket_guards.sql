-- What must hold in the register of pockets whoever writes, and by which way.

CREATE TRIGGER pocket_begins BEFORE INSERT ON pocket
WHEN (NEW.state IN ('registered', 'paused', 'ended') AND (NEW.number IS NULL OR NEW.explainedOn IS NULL OR NEW.registeredOn IS NULL))
	OR (NEW.state = 'ended') <> (NEW.endedOn IS NOT NULL) OR (NEW.endedOn IS NULL) <> (NEW.ending IS NULL)
	OR NEW.endedOn < NEW.registeredOn
BEGIN SELECT RAISE(ABORT, 'guard: a pocket is registered after its briefing, under a number, and ends with a reason'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_bounds BEFORE UPDATE ON pocket
WHEN (NEW.state IN ('registered', 'paused', 'ended') AND (NEW.number IS NULL OR NEW.explainedOn IS NULL OR NEW.registeredOn IS NULL))
	OR (NEW.state = 'ended') <> (NEW.endedOn IS NOT NULL) OR (NEW.endedOn IS NULL) <> (NEW.ending IS NULL)
	OR NEW.endedOn < NEW.registeredOn
BEGIN SELECT RAISE(ABORT, 'guard: a pocket is registered after its briefing, under a number, and ends with a reason'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_numbered_for_good BEFORE UPDATE ON pocket
WHEN NEW.municipality <> OLD.municipality OR (OLD.number IS NOT NULL AND NEW.number IS NOT OLD.number)
BEGIN SELECT RAISE(ABORT, 'guard: the number of a pocket stays'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_kept BEFORE DELETE ON pocket
BEGIN SELECT RAISE(ABORT, 'guard: a pocket is ended, not deleted'); END;
--> statement-breakpoint

-- Dropping the words when a home is long gone (retention) is all that may happen to a line.
CREATE TRIGGER pocket_deed_stays BEFORE UPDATE ON pocket_deed
WHEN NEW.words IS NOT NULL OR NEW.facts IS NOT NULL OR NEW.pocket <> OLD.pocket OR NEW.deed <> OLD.deed OR NEW."on" <> OLD."on"
	OR NEW.at <> OLD.at OR NEW.by IS NOT OLD.by OR NEW.municipality <> OLD.municipality
BEGIN SELECT RAISE(ABORT, 'guard: the history of a pocket is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_deed_kept BEFORE DELETE ON pocket_deed
BEGIN SELECT RAISE(ABORT, 'guard: the history of a pocket is append-only'); END;
--> statement-breakpoint

-- A consent is taken back once; its words, its purpose and its day stay.
CREATE TRIGGER pocket_consent_stays BEFORE UPDATE ON pocket_consent
WHEN OLD.withdrawnAt IS NOT NULL OR NEW.withdrawnAt IS NULL OR NEW.withdrawnOn IS NULL
	OR NEW.pocket <> OLD.pocket OR NEW.municipality <> OLD.municipality OR NEW.purpose <> OLD.purpose
	OR NEW.version <> OLD.version OR NEW.text <> OLD.text OR NEW.givenOn <> OLD.givenOn OR NEW.at <> OLD.at
BEGIN SELECT RAISE(ABORT, 'guard: a consent is only taken back'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_consent_kept BEFORE DELETE ON pocket_consent
BEGIN SELECT RAISE(ABORT, 'guard: a consent is taken back, not deleted'); END;
--> statement-breakpoint

CREATE TRIGGER pocket_confirmation_stays BEFORE UPDATE ON pocket_confirmation
WHEN NEW.words IS NOT NULL OR NEW.pocket <> OLD.pocket OR NEW.fiscalYear <> OLD.fiscalYear OR NEW.result <> OLD.result
	OR NEW.method <> OLD.method OR NEW."on" <> OLD."on" OR NEW.at <> OLD.at OR NEW.municipality <> OLD.municipality
BEGIN SELECT RAISE(ABORT, 'guard: an answer stays; the next one holds'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_confirmation_kept BEFORE DELETE ON pocket_confirmation
BEGIN SELECT RAISE(ABORT, 'guard: an answer stays; the next one holds'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_snapshot_stays BEFORE UPDATE ON pocket_snapshot
BEGIN SELECT RAISE(ABORT, 'guard: a counted number stays'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_snapshot_kept BEFORE DELETE ON pocket_snapshot
BEGIN SELECT RAISE(ABORT, 'guard: a counted number stays'); END;
