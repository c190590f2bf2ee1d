-- A declared loss is what somebody was told: it is not taken back, what arrives later only arrives.
CREATE TRIGGER sync_loss_no_update BEFORE UPDATE ON sync_loss BEGIN SELECT RAISE(ABORT, 'sync_loss is append-only'); END;
CREATE TRIGGER sync_loss_no_delete BEFORE DELETE ON sync_loss BEGIN SELECT RAISE(ABORT, 'sync_loss is append-only'); END;

-- An emergency copy made with an old key must still open years later.
CREATE TRIGGER sync_key_no_update BEFORE UPDATE ON sync_key BEGIN SELECT RAISE(ABORT, 'sync_key is append-only'); END;
CREATE TRIGGER sync_key_no_delete BEFORE DELETE ON sync_key BEGIN SELECT RAISE(ABORT, 'sync_key is append-only'); END;

-- A place in a phone's order that was taken stays taken, or the phone would be asked for it again for ever.
CREATE TRIGGER sync_place_no_update BEFORE UPDATE ON sync_place BEGIN SELECT RAISE(ABORT, 'sync_place is append-only'); END;
CREATE TRIGGER sync_place_no_delete BEFORE DELETE ON sync_place BEGIN SELECT RAISE(ABORT, 'sync_place is append-only'); END;

-- What still waits to be applied needs its content: retention must not take it.
CREATE TRIGGER sync_payload_waits BEFORE DELETE ON sync_payload
WHEN EXISTS (SELECT 1 FROM sync_waiting WHERE op = OLD.op)
BEGIN SELECT RAISE(ABORT, 'sync_payload of an op that waits is kept'); END;
