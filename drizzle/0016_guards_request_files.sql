-- What the office has before it is what was sent: files come and go only while the body itself still writes in its request.
CREATE TRIGGER request_attachment_comes BEFORE INSERT ON request_attachment
BEGIN
	SELECT RAISE(ABORT, 'guard: the request is sent') WHERE (SELECT state FROM request WHERE id = NEW.request) NOT IN ('draft', 'sentBack');
	SELECT RAISE(ABORT, 'guard: a file of another municipality')
		WHERE NEW.municipality <> (SELECT municipality FROM request WHERE id = NEW.request);
END;
--> statement-breakpoint
CREATE TRIGGER request_attachment_stays BEFORE UPDATE ON request_attachment
BEGIN SELECT RAISE(ABORT, 'guard: a file is not rewritten'); END;
--> statement-breakpoint
CREATE TRIGGER request_attachment_kept BEFORE DELETE ON request_attachment
WHEN (SELECT state FROM request WHERE id = OLD.request) NOT IN ('draft', 'sentBack')
BEGIN SELECT RAISE(ABORT, 'guard: the request is sent'); END;
