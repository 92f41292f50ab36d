/// The schema's ninth version: one catalog of many machines. What this machine tells others of its records, and what is known here of
/// other machines' records.
///
/// What changed is noted by triggers, and as seldom as can be, because every page that a commit touches costs capturing. Whoever has
/// not published pays for a look at an empty table. Who has: a new frame is found by its number, and the end of a ledger by where
/// it was read up to, so that neither is noted; only a change of what was told before is, once between two segments. The newest
/// frame of each camera, that is seen again with each slot, so makes one small row until the next segment.
///
/// Pictures of other machines stand in tables of their own: what takes care of this archive's packs never comes by them.
let schemaVersion9 = """
    CREATE TABLE publication (                  -- what this archive tells others; one row, or none where it tells nothing
        id INTEGER PRIMARY KEY CHECK (id = 1),
        machine TEXT NOT NULL,                  -- what it is known by: 16 hexadecimal digits
        name TEXT NOT NULL,                     -- what people call it
        generation INTEGER NOT NULL CHECK (generation > 0),  -- one more each time that it was told from the beginning
        store TEXT NOT NULL,                    -- where the segments lie
        segment INTEGER NOT NULL DEFAULT 0 CHECK (segment >= 0),  -- the number of the last one that is there
        sha256 BLOB CHECK (length(sha256) = 32),                  -- its digest
        published_at INTEGER,                   -- when it was read back there
        frame_id INTEGER NOT NULL DEFAULT 0,    -- frames up to this one were told
        noted_frame_id INTEGER NOT NULL DEFAULT 0,  -- changes of frames up to this one are noted
        round INTEGER NOT NULL DEFAULT 1,       -- what is noted now; a segment in the making tells of the rounds before
        draft TEXT                              -- the segment beside the archive that is to be put there, as JSON
    ) STRICT;

    CREATE TABLE published_ledger (             -- up to where cameras' ledgers were told
        camera_id INTEGER PRIMARY KEY,
        from_at INTEGER NOT NULL,               -- the last run that was told: the next segment goes on with it
        noted_from_at INTEGER NOT NULL,         -- changes of runs before this one are noted
        last_run TEXT NOT NULL                  -- what was told of it
    ) STRICT;

    CREATE TABLE unpublished (                  -- what changed since it was told
        kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6),  -- 1 camera, 2 print, 3 frame, 4 pack, 5 content, 6 ledger run
        number INTEGER NOT NULL,                -- its own; of a ledger run the camera's
        at INTEGER NOT NULL,                    -- when a ledger run begins; 0 of others
        round INTEGER NOT NULL,                 -- as in publication when it was noted
        PRIMARY KEY (kind, number, at, round)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER camera_is_to_be_told AFTER INSERT ON camera BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 1, NEW.id, 0, round FROM publication;
    END;
    CREATE TRIGGER camera_is_to_be_told_again AFTER UPDATE OF name ON camera BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 1, NEW.id, 0, round FROM publication;
    END;
    CREATE TRIGGER print_is_to_be_told AFTER INSERT ON print BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 2, NEW.id, 0, round FROM publication;
    END;
    -- Not its totals, which whoever takes it in counts.
    CREATE TRIGGER print_is_to_be_told_again AFTER UPDATE OF camera_id, number, series, told_by, name, state, started_at, ended_at,
        excluded, pinned, note ON print BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 2, NEW.id, 0, round FROM publication;
    END;
    CREATE TRIGGER print_is_to_be_taken_back AFTER DELETE ON print BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 2, OLD.id, 0, round FROM publication;
    END;
    CREATE TRIGGER frame_is_to_be_told_again AFTER UPDATE ON frame
    WHEN OLD.id <= (SELECT noted_frame_id FROM publication) BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 3, OLD.id, 0, round FROM publication;
    END;
    CREATE TRIGGER frame_is_to_be_taken_back AFTER DELETE ON frame
    WHEN OLD.id <= (SELECT noted_frame_id FROM publication) BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 3, OLD.id, 0, round FROM publication;
    END;
    CREATE TRIGGER pack_is_to_be_told_again AFTER UPDATE OF store_id, name, sha256, bytes, stored_at ON pack BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 4, NEW.id, 0, round FROM publication;
    END;
    CREATE TRIGGER pack_is_to_be_taken_back AFTER DELETE ON pack BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 4, OLD.id, 0, round FROM publication;
    END;
    CREATE TRIGGER packs_are_to_be_told_elsewhere AFTER UPDATE OF location ON pack_store BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 4, pack.id, 0, round FROM pack, publication WHERE store_id = NEW.id;
    END;
    CREATE TRIGGER pack_has_more_to_tell AFTER INSERT ON packed_content BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 4, NEW.pack_id, 0, round FROM publication;
    END;
    CREATE TRIGGER pack_has_other_things_to_tell AFTER UPDATE ON packed_content BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 4, NEW.pack_id, 0, round FROM publication;
    END;
    -- One that goes with its picture needs no word: the picture goes with its last frame wherever it is known.
    CREATE TRIGGER content_is_to_be_told_again AFTER DELETE ON packed_content
    WHEN EXISTS (SELECT 1 FROM publication) AND EXISTS (SELECT 1 FROM picture WHERE sha256 = OLD.sha256) BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 5, OLD.id, 0, round FROM publication;
    END;
    CREATE TRIGGER run_is_to_be_told AFTER INSERT ON ledger_run
    WHEN NEW.from_at < (SELECT noted_from_at FROM published_ledger WHERE camera_id = NEW.camera_id) BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 6, NEW.camera_id, NEW.from_at, round FROM publication;
    END;
    CREATE TRIGGER run_is_to_be_told_again AFTER UPDATE ON ledger_run
    WHEN min(OLD.from_at, NEW.from_at) < (SELECT noted_from_at FROM published_ledger WHERE camera_id = NEW.camera_id) BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 6, OLD.camera_id, OLD.from_at, round FROM publication;
        INSERT OR IGNORE INTO unpublished SELECT 6, NEW.camera_id, NEW.from_at, round FROM publication;
    END;
    CREATE TRIGGER run_is_to_be_taken_back AFTER DELETE ON ledger_run
    WHEN OLD.from_at < (SELECT noted_from_at FROM published_ledger WHERE camera_id = OLD.camera_id) BEGIN
        INSERT OR IGNORE INTO unpublished SELECT 6, OLD.camera_id, OLD.from_at, round FROM publication;
    END;

    CREATE TABLE followed_machine (             -- other machines whose records are here as well
        id INTEGER PRIMARY KEY,
        machine TEXT NOT NULL UNIQUE,           -- as in that machine's publication
        name TEXT NOT NULL,
        store TEXT NOT NULL,                    -- where its segments lie
        generation INTEGER NOT NULL CHECK (generation > 0),
        segment INTEGER NOT NULL CHECK (segment >= 0),  -- the last one that was taken in
        sha256 BLOB CHECK (length(sha256) = 32),        -- its digest
        segment_at INTEGER,                     -- when it was made, by that machine's clock
        looked_at INTEGER NOT NULL,             -- when it was last looked for newer ones
        behind INTEGER NOT NULL CHECK (behind >= 0),    -- how many newer ones there were then that were not taken in
        problem TEXT,                           -- what stands in the way, by a label; null: nothing
        reason TEXT,
        hint TEXT
    ) STRICT;

    CREATE TABLE followed_camera (              -- cameras that belong to another machine: only that one changes their records
        camera_id INTEGER PRIMARY KEY REFERENCES camera (id),
        machine_id INTEGER NOT NULL REFERENCES followed_machine (id),
        name TEXT NOT NULL,                     -- what it is called there
        number INTEGER,                         -- its number there; null until this generation tells of it
        UNIQUE (machine_id, name)
    ) STRICT;

    CREATE TABLE followed_print (
        machine_id INTEGER NOT NULL REFERENCES followed_machine (id),
        number INTEGER NOT NULL,                -- its number there
        print_id INTEGER NOT NULL,              -- and here
        PRIMARY KEY (machine_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE followed_frame (
        machine_id INTEGER NOT NULL REFERENCES followed_machine (id),
        number INTEGER NOT NULL,                -- its number there
        frame_id INTEGER NOT NULL,              -- and here
        PRIMARY KEY (machine_id, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE followed_pack (                -- packs of other machines
        id INTEGER PRIMARY KEY,
        machine_id INTEGER NOT NULL REFERENCES followed_machine (id),
        number INTEGER NOT NULL,                -- its number there
        store TEXT,                             -- where it lies; null: in the store of the machine's segments
        name TEXT NOT NULL,                     -- the object's, within the store
        sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
        bytes INTEGER NOT NULL CHECK (bytes > 0),
        UNIQUE (machine_id, number)
    ) STRICT;

    CREATE TABLE followed_content (             -- contents that neither are in this archive nor in its own packs
        id INTEGER PRIMARY KEY,                 -- as in picture.content_id
        sha256 BLOB NOT NULL,                   -- the same as in picture
        machine_id INTEGER NOT NULL REFERENCES followed_machine (id),  -- where the picture is
        pack_id INTEGER REFERENCES followed_pack (id),  -- its row in followed_pack; null: not offloaded yet
        start INTEGER CHECK (start >= 0),
        bytes INTEGER CHECK (bytes > 0),
        orientation INTEGER CHECK (orientation BETWEEN 1 AND 8),
        CHECK ((pack_id IS NULL) = (start IS NULL) AND (pack_id IS NULL) = (bytes IS NULL)
            AND (pack_id IS NULL) = (orientation IS NULL))
    ) STRICT;
    CREATE INDEX followed_content_by_pack ON followed_content (pack_id) WHERE pack_id IS NOT NULL;

    CREATE TRIGGER picture_leaves_followed_content AFTER DELETE ON picture BEGIN
        DELETE FROM followed_content WHERE id = OLD.content_id;
    END;
    """
