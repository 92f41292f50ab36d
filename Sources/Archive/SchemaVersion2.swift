/// The schema's second version: print jobs that OctoPrint or the pictures tell of, what the printer said when a frame was
/// captured, proxied bytes apart from the others, and open alerts.
///
/// A table is rebuilt where a column loses its NOT NULL, as SQLite's documentation of ALTER TABLE describes it.
let schemaVersion2 = """
    DROP VIEW frame_view;
    DROP VIEW print_view;

    CREATE TABLE print_in_whole (
        id INTEGER PRIMARY KEY,                 -- the archive's number of the print job
        camera_id INTEGER NOT NULL REFERENCES camera (id),
        number INTEGER,                         -- the number that the server gives the print job, where it says one
        told_by TEXT NOT NULL CHECK (told_by IN ('octoprint', 'url', 'stillness')),  -- how it is known
        name TEXT,                              -- the name of what is printed, as OctoPrint shows it
        state TEXT NOT NULL CHECK (state IN ('printing', 'paused', 'finished', 'cancelled', 'failed', 'ended')),
        started_at INTEGER NOT NULL,            -- when it began or was first seen
        ended_at INTEGER,                       -- when it was seen to be over; null while it is under way
        UNIQUE (camera_id, number)
    ) STRICT;
    INSERT INTO print_in_whole (id, camera_id, number, told_by, state, started_at, ended_at)
    SELECT id, camera_id, number, 'url', 'ended',
        coalesce((SELECT min(captured_at) FROM frame WHERE print_id = print.id), 0),
        coalesce((SELECT max(captured_at) FROM frame WHERE print_id = print.id), 0)
    FROM print;
    DROP TABLE print;
    ALTER TABLE print_in_whole RENAME TO print;

    -- What was known when the frame was captured:
    ALTER TABLE frame ADD COLUMN progress REAL CHECK (progress BETWEEN 0 AND 1);      -- of the print job that was done
    ALTER TABLE frame ADD COLUMN printer_state TEXT;                                  -- as in print.state
    ALTER TABLE frame ADD COLUMN prediction REAL CHECK (prediction BETWEEN 0 AND 1);  -- the server's failure detection

    -- Of the bytes received, those of calls through the tunnel to OctoPrint, which the server counts.
    ALTER TABLE usage_reading ADD COLUMN proxied INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE alert (                        -- what the owner was told and is not over yet
        kind TEXT NOT NULL,                     -- from a fixed set
        subject TEXT NOT NULL,                  -- the camera's name; empty where it is about the archive
        since_at INTEGER NOT NULL,
        PRIMARY KEY (kind, subject)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW frame_view AS
    SELECT frame.id, camera.name AS camera,
        strftime('%Y-%m-%dT%H:%M:%fZ', captured_at / 1000.0, 'unixepoch') AS captured_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', taken_at / 1000.0, 'unixepoch') AS taken_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', last_seen_at / 1000.0, 'unixepoch') AS last_seen_at,
        seen, width, height, bytes, lower(hex(sha256)) AS sha256, printf('%016x', perceptual_hash) AS perceptual_hash,
        print_id AS print, variant, source, excluded, pinned,
        captured_at AS captured_ms,             -- for conditions on time: it uses the index
        progress, printer_state, prediction
    FROM frame JOIN camera ON camera.id = frame.camera_id;

    CREATE VIEW print_view AS
    SELECT print.id, camera.name AS camera, print.number,
        count(frame.id) AS frames, coalesce(sum(frame.bytes), 0) AS bytes,
        strftime('%Y-%m-%dT%H:%M:%fZ', min(frame.captured_at) / 1000.0, 'unixepoch') AS first_captured_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', max(frame.captured_at) / 1000.0, 'unixepoch') AS last_captured_at,
        print.name, print.state, print.told_by,
        strftime('%Y-%m-%dT%H:%M:%fZ', print.started_at / 1000.0, 'unixepoch') AS started_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', print.ended_at / 1000.0, 'unixepoch') AS ended_at
    FROM print JOIN camera ON camera.id = print.camera_id LEFT JOIN frame ON frame.print_id = print.id
    GROUP BY print.id;
    """
