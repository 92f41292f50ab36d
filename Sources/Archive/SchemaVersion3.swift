/// The schema's third version: what a picture looks like in numbers, marks and notes of the owner, totals that are kept so that
/// nobody counts an archive of years, what was removed since, and pictures that were made smaller without loss.
///
/// The totals are rolled up now and then rather than with each frame, and an index on brightness has dark frames alone: every
/// page that a commit touches costs capturing.
let schemaVersion3 = """
    DROP VIEW frame_view;
    DROP VIEW print_view;
    DROP VIEW timeline_view;
    DROP TRIGGER frame_keeps_picture;

    ALTER TABLE frame ADD COLUMN brightness INTEGER CHECK (brightness BETWEEN 0 AND 255);
    ALTER TABLE frame ADD COLUMN sharpness INTEGER CHECK (sharpness BETWEEN 0 AND 255);
    ALTER TABLE frame ADD COLUMN change INTEGER CHECK (change BETWEEN 0 AND 510);
    ALTER TABLE frame ADD COLUMN changed_percent INTEGER CHECK (changed_percent BETWEEN 0 AND 100);
    ALTER TABLE frame ADD COLUMN note TEXT;
    ALTER TABLE frame ADD COLUMN damaged_at INTEGER;
    CREATE INDEX frame_by_change ON frame (changed_percent, captured_at, camera_id) WHERE changed_percent IS NOT NULL;
    CREATE INDEX frame_by_sharpness ON frame (sharpness, captured_at, camera_id) WHERE sharpness IS NOT NULL;
    CREATE INDEX frame_by_brightness ON frame (brightness, captured_at, camera_id) WHERE brightness < 48;
    -- Few frames are in these: marks are listed without looking through all the others.
    CREATE INDEX frame_excluded ON frame (captured_at, id) WHERE excluded = 1;
    CREATE INDEX frame_pinned ON frame (captured_at, id) WHERE pinned = 1;
    CREATE INDEX frame_noted ON frame (captured_at, id) WHERE note IS NOT NULL;

    ALTER TABLE print ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1));
    ALTER TABLE print ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1));
    ALTER TABLE print ADD COLUMN note TEXT;
    ALTER TABLE print ADD COLUMN frames INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE print ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;

    ALTER TABLE picture ADD COLUMN stored_sha256 BLOB CHECK (length(stored_sha256) = 32);
    ALTER TABLE picture ADD COLUMN stored_bytes INTEGER CHECK (stored_bytes > 0);

    ALTER TABLE ledger_run ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed >= 0);
    CREATE INDEX ledger_gap_by_time ON ledger_run (outcome, from_at, camera_id)
    WHERE outcome NOT IN ('stored', 'duplicate', 'unchanged');
    CREATE INDEX ledger_gap_by_camera ON ledger_run (camera_id, outcome, from_at)
    WHERE outcome NOT IN ('stored', 'duplicate', 'unchanged');

    ALTER TABLE archive_info ADD COLUMN totals_until INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE archive_info ADD COLUMN shared_bytes INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE archive_info ADD COLUMN compacted_bytes INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE frame_hour (                   -- the frames captured before archive_info.totals_until, counted by hour
        camera_id INTEGER NOT NULL REFERENCES camera (id),
        hour INTEGER NOT NULL,                  -- when the hour begins
        frames INTEGER NOT NULL CHECK (frames > 0),
        bytes INTEGER NOT NULL CHECK (bytes > 0),  -- of their pictures, each frame's counted
        PRIMARY KEY (camera_id, hour)
    ) STRICT, WITHOUT ROWID;

    UPDATE archive_info SET totals_until = coalesce((SELECT max(captured_at) FROM frame), 0), shared_bytes = (
        SELECT coalesce(sum((reference_count - 1) * bytes), 0) FROM picture WHERE reference_count > 1);
    INSERT INTO frame_hour (camera_id, hour, frames, bytes)
    SELECT camera_id, captured_at / 3600000 * 3600000, count(*), sum(bytes) FROM frame
    WHERE captured_at < (SELECT totals_until FROM archive_info) GROUP BY 1, 2;
    UPDATE print SET frames = total.frames, bytes = total.bytes FROM (
        SELECT print_id, count(*) AS frames, sum(bytes) AS bytes FROM frame
        WHERE print_id IS NOT NULL AND captured_at < (SELECT totals_until FROM archive_info) GROUP BY print_id) AS total
    WHERE print.id = total.print_id;

    -- What the totals, the ledger and the reference counts rest on.
    CREATE TRIGGER frame_stays_itself
    BEFORE UPDATE OF id, camera_id, captured_at, bytes, sha256, print_id ON frame BEGIN
        SELECT RAISE(ABORT, 'a frame keeps its number, camera, time, picture and print');
    END;
    CREATE TRIGGER frame_joins_totals AFTER INSERT ON frame
    WHEN NEW.captured_at < (SELECT totals_until FROM archive_info) BEGIN
        INSERT INTO frame_hour (camera_id, hour, frames, bytes)
        VALUES (NEW.camera_id, NEW.captured_at / 3600000 * 3600000, 1, NEW.bytes)
        ON CONFLICT DO UPDATE SET frames = frames + 1, bytes = bytes + excluded.bytes;
        UPDATE print SET frames = frames + 1, bytes = bytes + NEW.bytes WHERE id = NEW.print_id;
    END;
    CREATE TRIGGER frame_leaves_totals AFTER DELETE ON frame
    WHEN OLD.captured_at < (SELECT totals_until FROM archive_info) BEGIN
        DELETE FROM frame_hour
        WHERE camera_id = OLD.camera_id AND hour = OLD.captured_at / 3600000 * 3600000 AND frames = 1;
        UPDATE frame_hour SET frames = frames - 1, bytes = bytes - OLD.bytes
        WHERE camera_id = OLD.camera_id AND hour = OLD.captured_at / 3600000 * 3600000;
        UPDATE print SET frames = frames - 1, bytes = bytes - OLD.bytes WHERE id = OLD.print_id;
    END;
    -- Pictures that several frames show and pictures made smaller are the exceptions: the archive's row is left alone otherwise.
    CREATE TRIGGER picture_is_shared AFTER UPDATE OF reference_count ON picture
    WHEN OLD.reference_count > 1 OR NEW.reference_count > 1 BEGIN
        UPDATE archive_info SET shared_bytes =
            shared_bytes + (max(NEW.reference_count, 1) - max(OLD.reference_count, 1)) * NEW.bytes;
    END;
    CREATE TRIGGER picture_arrives_compacted AFTER INSERT ON picture WHEN NEW.stored_bytes IS NOT NULL BEGIN
        UPDATE archive_info SET compacted_bytes = compacted_bytes + NEW.bytes - NEW.stored_bytes;
    END;
    CREATE TRIGGER picture_is_compacted AFTER UPDATE OF stored_bytes ON picture BEGIN
        UPDATE archive_info SET compacted_bytes = compacted_bytes
            + coalesce(OLD.stored_bytes, OLD.bytes) - coalesce(NEW.stored_bytes, NEW.bytes);
    END;
    CREATE TRIGGER compacted_picture_leaves AFTER DELETE ON picture WHEN OLD.stored_bytes IS NOT NULL BEGIN
        UPDATE archive_info SET compacted_bytes = compacted_bytes - OLD.bytes + OLD.stored_bytes;
    END;
    CREATE TRIGGER frame_leaves_run AFTER DELETE ON frame WHEN OLD.slot_at IS NOT NULL BEGIN
        UPDATE ledger_run SET removed = removed + 1
        WHERE camera_id = OLD.camera_id AND from_at = (
            SELECT max(from_at) FROM ledger_run WHERE camera_id = OLD.camera_id AND from_at <= OLD.slot_at);
    END;

    CREATE VIEW frame_view AS
    SELECT frame.id, camera.name AS camera,
        strftime('%Y-%m-%dT%H:%M:%fZ', captured_at / 1000.0, 'unixepoch') AS captured_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', taken_at / 1000.0, 'unixepoch') AS taken_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', last_seen_at / 1000.0, 'unixepoch') AS last_seen_at,
        seen, width, height, bytes, lower(hex(sha256)) AS sha256, printf('%016x', perceptual_hash) AS perceptual_hash,
        print_id AS print, variant, source, excluded, pinned,
        captured_at AS captured_ms,
        progress, printer_state, prediction,
        brightness, sharpness, change, changed_percent, note, damaged_at IS NOT NULL AS damaged
    FROM frame JOIN camera ON camera.id = frame.camera_id;

    CREATE VIEW print_view AS
    SELECT print.id, camera.name AS camera, print.number,
        print.frames + (SELECT count(*) FROM frame WHERE print_id = print.id
            AND frame.captured_at >= (SELECT totals_until FROM archive_info)) AS frames,
        print.bytes + (SELECT coalesce(sum(frame.bytes), 0) FROM frame WHERE print_id = print.id
            AND frame.captured_at >= (SELECT totals_until FROM archive_info)) AS bytes,
        strftime('%Y-%m-%dT%H:%M:%fZ', (SELECT min(captured_at) FROM frame WHERE print_id = print.id) / 1000.0, 'unixepoch')
            AS first_captured_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', (SELECT max(captured_at) FROM frame WHERE print_id = print.id) / 1000.0, 'unixepoch')
            AS last_captured_at,
        print.name, print.state, print.told_by,
        strftime('%Y-%m-%dT%H:%M:%fZ', print.started_at / 1000.0, 'unixepoch') AS started_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', print.ended_at / 1000.0, 'unixepoch') AS ended_at,
        print.excluded, print.pinned, print.note
    FROM print JOIN camera ON camera.id = print.camera_id;

    CREATE VIEW timeline_view AS
    SELECT camera.name AS camera, outcome, detail,
        strftime('%Y-%m-%dT%H:%M:%fZ', from_at / 1000.0, 'unixepoch') AS from_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', until_at / 1000.0, 'unixepoch') AS until_at,
        slots, bytes, frame_id AS frame,
        outcome NOT IN ('stored', 'duplicate', 'unchanged') AS gap,
        from_at AS from_ms, until_at AS until_ms, removed
    FROM ledger_run JOIN camera ON camera.id = ledger_run.camera_id;
    """
