-- What a phone was given a receipt for stays as it was: the receipt names number and hash, and retention may take the content
-- (sync_payload, sync_blob) but never the order.
CREATE TRIGGER sync_op_no_update BEFORE UPDATE ON sync_op BEGIN SELECT RAISE(ABORT, 'sync_op is append-only'); END;
CREATE TRIGGER sync_op_no_delete BEFORE DELETE ON sync_op BEGIN SELECT RAISE(ABORT, 'sync_op is append-only'); END;

-- Frozen bytes are never edited, only deleted by retention: a correction is a new op.
CREATE TRIGGER sync_payload_no_update BEFORE UPDATE ON sync_payload BEGIN SELECT RAISE(ABORT, 'sync_payload is never edited'); END;

-- The latest outcome counts, so the history of outcomes must not change under it.
CREATE TRIGGER sync_outcome_no_update BEFORE UPDATE ON sync_outcome BEGIN SELECT RAISE(ABORT, 'sync_outcome is append-only'); END;
CREATE TRIGGER sync_outcome_no_delete BEFORE DELETE ON sync_outcome BEGIN SELECT RAISE(ABORT, 'sync_outcome is append-only'); END;

-- Quarantine is evidence: bytes that contradict what we hold.
CREATE TRIGGER sync_quarantine_no_update BEFORE UPDATE ON sync_quarantine BEGIN SELECT RAISE(ABORT, 'sync_quarantine is append-only'); END;
CREATE TRIGGER sync_quarantine_no_delete BEFORE DELETE ON sync_quarantine BEGIN SELECT RAISE(ABORT, 'sync_quarantine is append-only'); END;

-- A photo is named by its hash: other bytes are another photo.
CREATE TRIGGER sync_blob_no_update BEFORE UPDATE ON sync_blob BEGIN SELECT RAISE(ABORT, 'sync_blob is never edited'); END;

-- Which photos an op announced is part of the op.
CREATE TRIGGER sync_op_blob_no_update BEFORE UPDATE ON sync_op_blob BEGIN SELECT RAISE(ABORT, 'sync_op_blob is append-only'); END;

-- Numbers, eras and the verified backup only go forward; who the server is never changes. A restore raises the era.
CREATE TRIGGER sync_server_forward BEFORE UPDATE ON sync_server
WHEN NEW.server <> OLD.server OR NEW.era < OLD.era OR NEW.lastNo < OLD.lastNo OR NEW.backupNo < OLD.backupNo OR NEW.backupNo > NEW.lastNo
BEGIN SELECT RAISE(ABORT, 'sync_server only goes forward'); END;
