/// The schema's first version.
///
/// SQLite keeps the comments inside the statements, so `sqlite3 ARCHIVE .schema` shows this documentation. Tables
/// named in the singular are the archive's own; the views at the end are for people. All times are milliseconds since
/// 1970, UTC.
///
/// Two things look odd and have a reason. Every index costs a page in the log of every commit, so there is one
/// for each list that people page through and no more. And `frame.sha256` is no declared foreign key: SQLite would
/// search all frames for each picture that goes, or want that index; the triggers keep the same promise through the
/// reference count.
let schemaVersion1 = """
    CREATE TABLE archive_info (
        id INTEGER PRIMARY KEY CHECK (id = 1),  -- there is one row
        created_at INTEGER NOT NULL,            -- when the archive was made
        created_by TEXT NOT NULL,               -- the program and version that made it
        last_removed_frame INTEGER NOT NULL     -- the highest id among removed frames, 0 for none: ids are never used twice
    ) STRICT;

    CREATE TABLE camera (
        id INTEGER PRIMARY KEY,                 -- the archive's number of the camera
        name TEXT NOT NULL UNIQUE               -- the name under which its frames are filed
    ) STRICT;

    CREATE TABLE print (
        id INTEGER PRIMARY KEY,                 -- the archive's number of the print job
        camera_id INTEGER NOT NULL REFERENCES camera (id),
        number INTEGER NOT NULL,                -- the number that the source gives the print job
        UNIQUE (camera_id, number)
    ) STRICT;

    CREATE TABLE picture (
        sha256 BLOB PRIMARY KEY CHECK (length(sha256) = 32),     -- SHA-256 of the picture's bytes
        bytes INTEGER NOT NULL CHECK (bytes > 0),                -- how many bytes it has
        content_id INTEGER NOT NULL,                             -- its row in picture_content
        reference_count INTEGER NOT NULL CHECK (reference_count >= 0)  -- how many frames show it; kept by triggers
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE picture_content (
        id INTEGER PRIMARY KEY,
        sha256 BLOB NOT NULL,                   -- the same as in picture, so that a full check reads this table in order
        jpeg BLOB NOT NULL                      -- the picture, byte for byte as the camera gave it
    ) STRICT;

    CREATE TABLE frame (
        id INTEGER PRIMARY KEY,                 -- the archive's number of the frame, in the order of storing
        camera_id INTEGER NOT NULL REFERENCES camera (id),
        captured_at INTEGER NOT NULL,           -- when the last byte arrived, by the capturing machine's clock
        taken_at INTEGER,                       -- when the picture was taken, by the server's clock, where it says so
        slot_at INTEGER,                        -- the slot it was stored for; null for imports, or where the ledger already
                                                -- had an outcome for that instant (clock set back)
        last_seen_at INTEGER NOT NULL CHECK (last_seen_at >= captured_at),  -- when the camera last showed this picture
        seen INTEGER NOT NULL CHECK (seen >= 1),  -- how many slots showed it
        width INTEGER NOT NULL CHECK (width > 0),    -- pixels
        height INTEGER NOT NULL CHECK (height > 0),  -- pixels
        bytes INTEGER NOT NULL CHECK (bytes > 0),    -- the picture's bytes
        sha256 BLOB NOT NULL CHECK (length(sha256) = 32),  -- the picture's key in picture
        perceptual_hash INTEGER NOT NULL,       -- the 64 bits of the difference hash, as a signed number
        print_id INTEGER REFERENCES print (id),
        variant TEXT CHECK (variant IN ('raw', 'tagged', 'latest')),  -- null where the source knows no variants
        source TEXT NOT NULL CHECK (source IN ('webcam_api', 'live', 'url', 'import')),
        excluded INTEGER NOT NULL DEFAULT 0 CHECK (excluded IN (0, 1)),  -- 1: left out of exports
        pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1))       -- 1: never pruned
    ) STRICT;
    -- Each holds the bytes as well: counts and sums over a range read the index alone.
    CREATE INDEX frame_by_time ON frame (captured_at, id, bytes);
    CREATE INDEX frame_by_camera ON frame (camera_id, captured_at, id, bytes);
    CREATE INDEX frame_by_print ON frame (print_id, captured_at, id, bytes) WHERE print_id IS NOT NULL;

    CREATE TRIGGER frame_takes_picture AFTER INSERT ON frame BEGIN
        UPDATE picture SET reference_count = reference_count + 1 WHERE sha256 = NEW.sha256;
        SELECT RAISE(ABORT, 'a frame without its picture') WHERE changes() = 0;
    END;
    CREATE TRIGGER frame_keeps_picture BEFORE UPDATE OF id, sha256 ON frame BEGIN
        SELECT RAISE(ABORT, 'a frame keeps its number and its picture');
    END;
    CREATE TRIGGER frame_leaves_picture AFTER DELETE ON frame BEGIN
        UPDATE archive_info SET last_removed_frame = OLD.id WHERE last_removed_frame < OLD.id;
        UPDATE picture SET reference_count = reference_count - 1 WHERE sha256 = OLD.sha256;
        DELETE FROM picture WHERE sha256 = OLD.sha256 AND reference_count = 0;
    END;
    CREATE TRIGGER picture_in_use BEFORE DELETE ON picture WHEN OLD.reference_count > 0 BEGIN
        SELECT RAISE(ABORT, 'frames still show this picture');
    END;
    CREATE TRIGGER picture_leaves_content AFTER DELETE ON picture BEGIN
        DELETE FROM picture_content WHERE id = OLD.content_id;
    END;

    CREATE TABLE ledger_run (                   -- neighbouring slots of a camera that went the same way
        camera_id INTEGER NOT NULL REFERENCES camera (id),
        from_at INTEGER NOT NULL,               -- the first slot
        interval_ms INTEGER NOT NULL CHECK (interval_ms > 0),  -- the distance between slots
        slots INTEGER NOT NULL CHECK (slots > 0),
        until_at INTEGER GENERATED ALWAYS AS (from_at + slots * interval_ms) VIRTUAL,  -- the last slot plus the interval
        outcome TEXT NOT NULL CHECK (outcome IN ('stored', 'duplicate', 'unchanged', 'no_picture', 'rejected', 'cap',
            'offline', 'timeout', 'unauthorized', 'unavailable', 'disk', 'missed')),
        detail TEXT,                            -- the reason, in a few words from a fixed set
        bytes INTEGER NOT NULL CHECK (bytes >= 0),  -- received over the network for these slots
        frame_id INTEGER,                       -- the newest frame concerned; it may have been removed since
        PRIMARY KEY (camera_id, from_at)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ledger_run_by_time ON ledger_run (from_at, camera_id);

    CREATE TABLE quarantine (                   -- the newest rejected bodies, bounded in number and bytes
        id INTEGER PRIMARY KEY,
        camera_id INTEGER NOT NULL REFERENCES camera (id),
        received_at INTEGER NOT NULL,
        label TEXT NOT NULL,                    -- the verdict, from a fixed set
        description TEXT NOT NULL,              -- what is wrong, and where
        bytes INTEGER NOT NULL,                 -- the size of the body
        body BLOB NOT NULL                      -- as received
    ) STRICT;

    CREATE TABLE usage_reading (                -- answers of the tunnel's usage API
        camera_id INTEGER NOT NULL REFERENCES camera (id),
        read_at INTEGER NOT NULL,
        total INTEGER NOT NULL,                 -- bytes used this month by the whole account
        monthly_cap INTEGER,                    -- bytes; null where unlimited
        reset_at INTEGER NOT NULL,              -- when the month's counter begins anew
        received INTEGER NOT NULL,              -- bytes that we received since the reading before
        captures INTEGER NOT NULL,              -- pictures that we fetched since the reading before
        PRIMARY KEY (camera_id, read_at)
    ) STRICT, WITHOUT ROWID;

    CREATE VIEW frame_view AS
    SELECT frame.id, camera.name AS camera,
        strftime('%Y-%m-%dT%H:%M:%fZ', captured_at / 1000.0, 'unixepoch') AS captured_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', taken_at / 1000.0, 'unixepoch') AS taken_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', last_seen_at / 1000.0, 'unixepoch') AS last_seen_at,
        seen, width, height, bytes, lower(hex(sha256)) AS sha256, printf('%016x', perceptual_hash) AS perceptual_hash,
        print_id AS print, variant, source, excluded, pinned,
        captured_at AS captured_ms              -- for conditions on time: it uses the index
    FROM frame JOIN camera ON camera.id = frame.camera_id;

    CREATE VIEW timeline_view AS
    SELECT camera.name AS camera, outcome, detail,
        strftime('%Y-%m-%dT%H:%M:%fZ', from_at / 1000.0, 'unixepoch') AS from_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', until_at / 1000.0, 'unixepoch') AS until_at,
        slots, bytes, frame_id AS frame,
        outcome NOT IN ('stored', 'duplicate', 'unchanged') AS gap,
        from_at AS from_ms, until_at AS until_ms
    FROM ledger_run JOIN camera ON camera.id = ledger_run.camera_id;

    CREATE VIEW print_view AS
    SELECT print.id, camera.name AS camera, print.number,
        count(frame.id) AS frames, coalesce(sum(frame.bytes), 0) AS bytes,
        strftime('%Y-%m-%dT%H:%M:%fZ', min(frame.captured_at) / 1000.0, 'unixepoch') AS first_captured_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', max(frame.captured_at) / 1000.0, 'unixepoch') AS last_captured_at
    FROM print JOIN camera ON camera.id = print.camera_id LEFT JOIN frame ON frame.print_id = print.id
    GROUP BY print.id;
    """
