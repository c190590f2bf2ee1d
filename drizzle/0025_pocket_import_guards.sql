-- A place is whole or not there, and where a home came from stays.
CREATE TRIGGER pocket_placed_whole BEFORE INSERT ON pocket
WHEN (NEW.lat IS NULL) <> (NEW.lng IS NULL)
BEGIN SELECT RAISE(ABORT, 'guard: a place has both its numbers or none'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_moved_whole BEFORE UPDATE ON pocket
WHEN (NEW.lat IS NULL) <> (NEW.lng IS NULL) OR NEW.import IS NOT OLD.import
BEGIN SELECT RAISE(ABORT, 'guard: a place has both its numbers or none, and a home stays with the list it came from'); END;
--> statement-breakpoint

-- A list is applied once and taken back once, and only while nobody has done anything with its homes.
CREATE TRIGGER pocket_import_stays BEFORE UPDATE ON pocket_import
WHEN NEW.municipality <> OLD.municipality OR NEW.by <> OLD.by OR NEW.at <> OLD.at
	OR (OLD.appliedAt IS NOT NULL AND (NEW.appliedAt IS NOT OLD.appliedAt OR NEW.added IS NOT OLD.added OR NEW.lines IS NOT NULL))
	OR (OLD.undoneAt IS NOT NULL AND NEW.undoneAt IS NOT OLD.undoneAt)
	OR (NEW.undoneAt IS NOT NULL AND (NEW.appliedAt IS NULL
		OR EXISTS (SELECT 1 FROM pocket p WHERE p.import = OLD.id AND p.changedAt <> OLD.appliedAt)))
BEGIN SELECT RAISE(ABORT, 'guard: a list is applied once and taken back once, as long as its homes are as they came'); END;
--> statement-breakpoint
CREATE TRIGGER pocket_import_kept BEFORE DELETE ON pocket_import
BEGIN SELECT RAISE(ABORT, 'guard: what was imported is not forgotten'); END;
--> statement-breakpoint

-- The only homes that leave the register without a trace in it: those of a list that was taken back.
DROP TRIGGER pocket_kept;
--> statement-breakpoint
CREATE TRIGGER pocket_kept BEFORE DELETE ON pocket
WHEN NOT EXISTS (SELECT 1 FROM pocket_import i WHERE i.id = OLD.import AND i.undoneAt IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'guard: a pocket is ended, not deleted'); END;
--> statement-breakpoint
DROP TRIGGER pocket_deed_kept;
--> statement-breakpoint
CREATE TRIGGER pocket_deed_kept BEFORE DELETE ON pocket_deed
WHEN NOT EXISTS (SELECT 1 FROM pocket p JOIN pocket_import i ON i.id = p.import WHERE p.id = OLD.pocket AND i.undoneAt IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'guard: the history of a pocket is append-only'); END;
--> statement-breakpoint
DROP TRIGGER pocket_consent_kept;
--> statement-breakpoint
CREATE TRIGGER pocket_consent_kept BEFORE DELETE ON pocket_consent
WHEN NOT EXISTS (SELECT 1 FROM pocket p JOIN pocket_import i ON i.id = p.import WHERE p.id = OLD.pocket AND i.undoneAt IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'guard: a consent is taken back, not deleted'); END;
