-- The ledger of the store is a bank book: each line says which way it goes and what lies there afterwards, and nothing else moves
-- stock. Two hand-overs at once would otherwise both find the last piece free.
CREATE TRIGGER stock_movement_way BEFORE INSERT ON stock_movement
BEGIN
	SELECT RAISE(ABORT, 'guard: a movement of nothing') WHERE NEW.pieces = 0;
	-- A reversing line goes the other way.
	SELECT RAISE(ABORT, 'guard: the wrong way for its kind') WHERE NEW.kind <> 'adjusted'
		AND (NEW.pieces > 0) <> ((NEW.kind IN ('received', 'returned')) = (NEW.reverses IS NULL));
	SELECT RAISE(ABORT, 'guard: the stock of another municipality')
		WHERE NEW.municipality <> (SELECT municipality FROM item WHERE id = NEW.item);
	SELECT RAISE(ABORT, 'guard: reverses another line')
		WHERE NEW.reverses IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stock_movement old WHERE old.id = NEW.reverses
			AND old.item = NEW.item AND old.size = NEW.size AND old.pieces = -NEW.pieces AND old.reverses IS NULL);
	SELECT RAISE(ABORT, 'guard: not the balance')
		WHERE NEW.after <> NEW.pieces + coalesce((SELECT onHand FROM stock WHERE item = NEW.item AND size = NEW.size), 0);
	SELECT RAISE(ABORT, 'guard: promised to somebody, or not there')
		WHERE NEW.after < coalesce((SELECT allocated FROM stock WHERE item = NEW.item AND size = NEW.size), 0);
END;
--> statement-breakpoint
CREATE TRIGGER stock_movement_books AFTER INSERT ON stock_movement
BEGIN
	INSERT INTO stock (item, size, municipality, onHand, allocated)
		SELECT NEW.item, NEW.size, NEW.municipality, 0, 0
		WHERE NOT EXISTS (SELECT 1 FROM stock WHERE item = NEW.item AND size = NEW.size);
	UPDATE stock SET onHand = NEW.after WHERE item = NEW.item AND size = NEW.size;
END;
--> statement-breakpoint
CREATE TRIGGER stock_movement_stays BEFORE UPDATE ON stock_movement
BEGIN SELECT RAISE(ABORT, 'guard: the ledger is not rewritten'); END;
--> statement-breakpoint
CREATE TRIGGER stock_movement_kept BEFORE DELETE ON stock_movement
BEGIN SELECT RAISE(ABORT, 'guard: the ledger is kept'); END;
--> statement-breakpoint
-- The balance is what the ledger's last line says, and never less than what is promised.
CREATE TRIGGER stock_is_the_ledger BEFORE UPDATE ON stock
BEGIN
	SELECT RAISE(ABORT, 'guard: stock below zero, or promised twice')
		WHERE NEW.onHand < 0 OR NEW.allocated < 0 OR NEW.allocated > NEW.onHand;
	SELECT RAISE(ABORT, 'guard: not the balance of the ledger') WHERE NEW.onHand <> OLD.onHand AND NEW.onHand <> coalesce(
		(SELECT after FROM stock_movement WHERE item = NEW.item AND size = NEW.size ORDER BY id DESC LIMIT 1), 0);
END;
--> statement-breakpoint
CREATE TRIGGER stock_begins_empty BEFORE INSERT ON stock
WHEN NEW.onHand <> 0 OR NEW.allocated <> 0
BEGIN SELECT RAISE(ABORT, 'guard: stock begins empty'); END;
--> statement-breakpoint
CREATE TRIGGER stock_kept BEFORE DELETE ON stock
BEGIN SELECT RAISE(ABORT, 'guard: stock is kept'); END;
--> statement-breakpoint
CREATE TRIGGER stocktake_line_stays BEFORE UPDATE ON stocktake_line
BEGIN SELECT RAISE(ABORT, 'guard: a count sheet is not rewritten'); END;
--> statement-breakpoint
CREATE TRIGGER stocktake_line_kept BEFORE DELETE ON stocktake_line
BEGIN SELECT RAISE(ABORT, 'guard: a count sheet is kept'); END;
