/// The schema's fourth version: who numbers a print, so that numbers that begin anew are other prints; and what became known of
/// the capturing machine's clock.
///
/// The table of prints is rebuilt because it loses a constraint, as SQLite's documentation of ALTER TABLE describes it. The
/// triggers that name it go meanwhile: renaming a table reads them all.
let schemaVersion4 = """
    DROP VIEW print_view;
    DROP TRIGGER frame_joins_totals;
    DROP TRIGGER frame_leaves_totals;

    CREATE TABLE print_in_series (
        id INTEGER PRIMARY KEY,                 -- the archive's number of the print job
        camera_id INTEGER NOT NULL REFERENCES camera (id),
        number INTEGER,                         -- the number that the server gives the print job, where it says one
        series TEXT,                            -- who gives it: server and printer; numbers begin anew on another one
        told_by TEXT NOT NULL CHECK (told_by IN ('octoprint', 'url', 'stillness')),  -- how it is known
        name TEXT,                              -- the name of what is printed, as OctoPrint shows it
        state TEXT NOT NULL CHECK (state IN ('printing', 'paused', 'finished', 'cancelled', 'failed', 'ended')),
        started_at INTEGER NOT NULL,            -- when it began or was first seen
        ended_at INTEGER,                       -- when it was seen to be over; null while it is under way
        excluded INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1)),
        pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
        note TEXT,
        frames INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO print_in_series
        (id, camera_id, number, told_by, name, state, started_at, ended_at, excluded, pinned, note, frames, bytes)
    SELECT id, camera_id, number, told_by, name, state, started_at, ended_at, excluded, pinned, note, frames, bytes
    FROM print;
    DROP TABLE print;
    ALTER TABLE print_in_series RENAME TO print;
    CREATE INDEX print_by_number ON print (camera_id, number);

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

    CREATE TABLE clock_event (                  -- what became known of the capturing machine's clock, in the order of happening
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('leap', 'doubt', 'trust')),
        before_at INTEGER NOT NULL,             -- what the clock would have said
        after_at INTEGER NOT NULL,              -- what it said from then on; the same unless it leapt
        frame_id INTEGER NOT NULL,              -- the newest frame then, 0 for none: those captured later have higher numbers
        reason TEXT NOT NULL                    -- from a fixed set
    ) STRICT;

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
        print.excluded, print.pinned, print.note, print.series
    FROM print JOIN camera ON camera.id = print.camera_id;
    """
