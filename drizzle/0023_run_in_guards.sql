-- A child ran in: what was reported stays as it came until its time is over; then its content goes, and only that it was stays.

CREATE TRIGGER run_in_stays BEFORE UPDATE ON run_in
WHEN OLD.emptiedAt IS NOT NULL OR NEW.id <> OLD.id OR NEW.municipality <> OLD.municipality OR NEW.at <> OLD.at
	OR NEW.reportedAt <> OLD.reportedAt OR NEW.reporter <> OLD.reporter
	OR (NEW.emptiedAt IS NULL AND (NEW.pocket IS NOT OLD.pocket OR NEW.by IS NOT OLD.by OR NEW.area IS NOT OLD.area
		OR NEW.happened IS NOT OLD.happened OR NEW.suspect IS NOT OLD.suspect OR NEW.description IS NOT OLD.description
		OR NEW.grade IS NOT OLD.grade OR NEW.children IS NOT OLD.children OR NEW.words IS NOT OLD.words))
	OR (OLD.closedAt IS NOT NULL AND NEW.closedAt IS NOT OLD.closedAt)
	OR (NEW.closedAt IS NULL) <> (NEW.closedBy IS NULL)
BEGIN SELECT RAISE(ABORT, 'guard: what was reported of a child stays as it came'); END;
--> statement-breakpoint
CREATE TRIGGER run_in_emptied BEFORE UPDATE ON run_in
WHEN NEW.emptiedAt IS NOT NULL AND coalesce(NEW.pocket, NEW.by, NEW.area, NEW.happened, NEW.suspect, NEW.description, NEW.grade,
	NEW.children, NEW.words, NEW.handedTo, NEW.handedAt, NEW.review) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'guard: an emptied record of a child keeps nothing of its content'); END;
--> statement-breakpoint
CREATE TRIGGER run_in_kept BEFORE DELETE ON run_in
BEGIN SELECT RAISE(ABORT, 'guard: a record of a child is emptied, not deleted'); END;
--> statement-breakpoint
CREATE TRIGGER run_in_contact_stays BEFORE UPDATE ON run_in_contact
BEGIN SELECT RAISE(ABORT, 'guard: calls are append-only'); END;
--> statement-breakpoint
CREATE TRIGGER run_in_contact_kept BEFORE DELETE ON run_in_contact
WHEN (SELECT emptiedAt FROM run_in WHERE id = OLD.runIn) IS NULL
BEGIN SELECT RAISE(ABORT, 'guard: calls are append-only'); END;
