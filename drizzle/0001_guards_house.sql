-- The trail is what an auditor believes: a line once written stays as it was, whoever holds the connection.
CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail
BEGIN
	SELECT RAISE(ABORT, 'the trail is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail
BEGIN
	SELECT RAISE(ABORT, 'the trail is append-only');
END;
