-- A request never gets more than was decided, nor more than was asked, and what is reserved for it is reserved in the store: two
-- people who decide or hand over at once otherwise promise the same piece twice.
CREATE TRIGGER request_line_begins BEFORE INSERT ON request_line
BEGIN
	SELECT RAISE(ABORT, 'guard: a line begins undecided') WHERE NEW.asked < 1 OR NEW.allocated <> 0 OR NEW.handed <> 0
		OR NEW.suggested IS NOT NULL OR NEW.approved IS NOT NULL;
	SELECT RAISE(ABORT, 'guard: a line of another municipality') WHERE NEW.municipality <> (SELECT municipality FROM request WHERE id = NEW.request)
		OR NEW.municipality <> (SELECT municipality FROM item WHERE id = NEW.item);
	SELECT RAISE(ABORT, 'guard: the request is sent') WHERE (SELECT state FROM request WHERE id = NEW.request) NOT IN ('draft', 'sentBack');
END;
--> statement-breakpoint
CREATE TRIGGER request_line_bounds BEFORE UPDATE ON request_line
BEGIN
	SELECT RAISE(ABORT, 'guard: what was asked stays') WHERE NEW.request <> OLD.request OR NEW.item <> OLD.item
		OR NEW.size <> OLD.size OR NEW.asked <> OLD.asked OR NEW.municipality <> OLD.municipality;
	SELECT RAISE(ABORT, 'guard: more than was asked') WHERE coalesce(NEW.approved, 0) > NEW.asked
		OR coalesce(NEW.suggested, 0) > NEW.asked OR coalesce(NEW.approved, 0) < 0 OR coalesce(NEW.suggested, 0) < 0;
	SELECT RAISE(ABORT, 'guard: decided once') WHERE OLD.approved IS NOT NULL AND NEW.approved IS NOT OLD.approved;
	SELECT RAISE(ABORT, 'guard: more than was decided') WHERE NEW.allocated < 0 OR NEW.handed < 0
		OR NEW.allocated + NEW.handed > coalesce(NEW.approved, 0);
END;
--> statement-breakpoint
CREATE TRIGGER request_line_reserves AFTER UPDATE ON request_line
WHEN NEW.allocated <> OLD.allocated
BEGIN
	INSERT INTO stock (item, size, municipality, onHand, allocated)
		SELECT NEW.item, NEW.size, NEW.municipality, 0, 0
		WHERE NOT EXISTS (SELECT 1 FROM stock WHERE item = NEW.item AND size = NEW.size);
	UPDATE stock SET allocated = allocated + NEW.allocated - OLD.allocated WHERE item = NEW.item AND size = NEW.size;
END;
--> statement-breakpoint
CREATE TRIGGER request_line_kept BEFORE DELETE ON request_line
WHEN (SELECT state FROM request WHERE id = OLD.request) NOT IN ('draft', 'sentBack')
BEGIN SELECT RAISE(ABORT, 'guard: the request is sent'); END;
--> statement-breakpoint
-- Nothing else may say what is reserved: the store's sum is the sum of the lines.
CREATE TRIGGER stock_is_promised BEFORE UPDATE ON stock
WHEN NEW.allocated <> OLD.allocated
BEGIN
	SELECT RAISE(ABORT, 'guard: not what the requests reserve') WHERE NEW.allocated <> coalesce(
		(SELECT sum(allocated) FROM request_line WHERE item = NEW.item AND size = NEW.size), 0);
END;
--> statement-breakpoint
-- A number on a paper that has left the office.
CREATE TRIGGER request_numbered_for_good BEFORE UPDATE ON request
BEGIN
	SELECT RAISE(ABORT, 'guard: the receipt number stays') WHERE OLD.receiptNo IS NOT NULL
		AND (NEW.receiptNo IS NOT OLD.receiptNo OR NEW.receiptYear IS NOT OLD.receiptYear);
	SELECT RAISE(ABORT, 'guard: a gap in the receipt numbers') WHERE OLD.receiptNo IS NULL AND NEW.receiptNo IS NOT NULL
		AND NEW.receiptNo <> 1 + coalesce((SELECT max(receiptNo) FROM request
			WHERE municipality = NEW.municipality AND receiptYear = NEW.receiptYear), 0);
	SELECT RAISE(ABORT, 'guard: a request stays with its body') WHERE NEW.id <> OLD.id OR NEW.municipality <> OLD.municipality
		OR NEW.association <> OLD.association;
END;
--> statement-breakpoint
CREATE TRIGGER request_kept BEFORE DELETE ON request
BEGIN SELECT RAISE(ABORT, 'guard: a request is kept'); END;
--> statement-breakpoint
CREATE TRIGGER request_deed_stays BEFORE UPDATE ON request_deed
BEGIN SELECT RAISE(ABORT, 'guard: the timeline is not rewritten'); END;
--> statement-breakpoint
CREATE TRIGGER request_deed_kept BEFORE DELETE ON request_deed
BEGIN SELECT RAISE(ABORT, 'guard: the timeline is kept'); END;
--> statement-breakpoint
-- What is handed over leaves what was reserved for it; the ledger's line follows.
CREATE TRIGGER handover_line_hands AFTER INSERT ON handover_line
BEGIN
	SELECT RAISE(ABORT, 'guard: nothing handed over') WHERE NEW.pieces < 1 OR NEW.back <> 0;
	SELECT RAISE(ABORT, 'guard: not asked for') WHERE NOT EXISTS (SELECT 1 FROM request_line line
		JOIN handover ON handover.request = line.request
		WHERE handover.id = NEW.handover AND line.item = NEW.item AND line.size = NEW.size AND line.municipality = NEW.municipality);
	UPDATE request_line SET allocated = allocated - NEW.pieces, handed = handed + NEW.pieces
		WHERE item = NEW.item AND size = NEW.size
		AND request = (SELECT request FROM handover WHERE id = NEW.handover AND state = 'booked');
END;
--> statement-breakpoint
CREATE TRIGGER handover_line_stays BEFORE UPDATE ON handover_line
BEGIN
	SELECT RAISE(ABORT, 'guard: a hand-over is not rewritten') WHERE NEW.pieces <> OLD.pieces OR NEW.handover <> OLD.handover
		OR NEW.item <> OLD.item OR NEW.size <> OLD.size;
	SELECT RAISE(ABORT, 'guard: more back than was handed over') WHERE NEW.back < OLD.back OR NEW.back > NEW.pieces;
END;
--> statement-breakpoint
CREATE TRIGGER handover_line_kept BEFORE DELETE ON handover_line
BEGIN SELECT RAISE(ABORT, 'guard: a hand-over is kept'); END;
--> statement-breakpoint
CREATE TRIGGER handover_begins BEFORE INSERT ON handover
WHEN NEW.state NOT IN ('booked', 'unclear')
BEGIN SELECT RAISE(ABORT, 'guard: a hand-over begins booked or unclear'); END;
--> statement-breakpoint
CREATE TRIGGER handover_stays BEFORE UPDATE ON handover
BEGIN
	SELECT RAISE(ABORT, 'guard: a hand-over is not rewritten') WHERE NEW.request <> OLD.request OR NEW.onDay <> OLD.onDay
		OR NEW.fiscalYear <> OLD.fiscalYear OR NEW.receivedBy <> OLD.receivedBy OR NEW.signature IS NOT OLD.signature
		OR NEW.by <> OLD.by OR NEW.at <> OLD.at;
	SELECT RAISE(ABORT, 'guard: not this way') WHERE NEW.state <> OLD.state AND NOT (
		(OLD.state = 'unclear' AND NEW.state IN ('booked', 'dropped')) OR (OLD.state = 'booked' AND NEW.state = 'undone'));
	SELECT RAISE(ABORT, 'guard: something came back') WHERE NEW.state = 'undone' AND OLD.state = 'booked'
		AND EXISTS (SELECT 1 FROM handover_line WHERE handover = NEW.id AND back > 0);
END;
--> statement-breakpoint
CREATE TRIGGER handover_moves AFTER UPDATE ON handover
WHEN NEW.state <> OLD.state AND NEW.state <> 'dropped'
BEGIN
	UPDATE request_line SET
		allocated = allocated - sign.way * (SELECT pieces FROM handover_line part
			WHERE part.handover = NEW.id AND part.item = request_line.item AND part.size = request_line.size),
		handed = handed + sign.way * (SELECT pieces FROM handover_line part
			WHERE part.handover = NEW.id AND part.item = request_line.item AND part.size = request_line.size)
		FROM (SELECT CASE NEW.state WHEN 'booked' THEN 1 ELSE -1 END AS way) sign
		WHERE request = NEW.request
		AND EXISTS (SELECT 1 FROM handover_line part WHERE part.handover = NEW.id AND part.item = request_line.item AND part.size = request_line.size);
END;
--> statement-breakpoint
CREATE TRIGGER handover_kept BEFORE DELETE ON handover
BEGIN SELECT RAISE(ABORT, 'guard: a hand-over is kept'); END;
--> statement-breakpoint
CREATE TRIGGER handed_back_fits BEFORE INSERT ON handed_back
BEGIN
	SELECT RAISE(ABORT, 'guard: nothing came back') WHERE NEW.pieces < 1;
	SELECT RAISE(ABORT, 'guard: was not handed over') WHERE (SELECT state FROM handover WHERE id = NEW.handover) <> 'booked';
END;
--> statement-breakpoint
CREATE TRIGGER handed_back_counts AFTER INSERT ON handed_back
BEGIN
	UPDATE handover_line SET back = back + NEW.pieces
		WHERE handover = NEW.handover AND item = NEW.item AND size = NEW.size;
END;
--> statement-breakpoint
CREATE TRIGGER handed_back_stays BEFORE UPDATE ON handed_back
BEGIN SELECT RAISE(ABORT, 'guard: what came back is not rewritten'); END;
--> statement-breakpoint
CREATE TRIGGER handed_back_kept BEFORE DELETE ON handed_back
BEGIN SELECT RAISE(ABORT, 'guard: what came back is kept'); END;
--> statement-breakpoint
-- The ledger lets out, under the name of a hand-over, what that hand-over says, once for each of its lines.
CREATE TRIGGER stock_movement_handed BEFORE INSERT ON stock_movement
WHEN NEW.handover IS NOT NULL AND NEW.kind IN ('issued', 'lent') AND NEW.reverses IS NULL
BEGIN
	SELECT RAISE(ABORT, 'guard: not what was handed over') WHERE NOT EXISTS (SELECT 1 FROM handover_line part
		JOIN handover ON handover.id = part.handover
		WHERE part.handover = NEW.handover AND part.item = NEW.item AND part.size = NEW.size AND part.pieces = -NEW.pieces
		AND handover.state = 'booked' AND handover.onDay = NEW.onDay);
	SELECT RAISE(ABORT, 'guard: handed over once') WHERE EXISTS (SELECT 1 FROM stock_movement old
		WHERE old.handover = NEW.handover AND old.item = NEW.item AND old.size = NEW.size AND old.kind IN ('issued', 'lent'));
END;
