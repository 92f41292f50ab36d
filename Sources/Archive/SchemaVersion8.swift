/// The schema's eighth version: pictures that lie in packs, elsewhere.
///
/// A picture's content keeps its number when its bytes go out: it stands in one of two tables, and the picture's own record stays as
/// it is. How much of a pack is still needed is counted by triggers, so that nobody goes through millions of rows for it.
let schemaVersion8 = """
    CREATE TABLE pack_store (                   -- the folders and buckets in which packs lie
        id INTEGER PRIMARY KEY,
        location TEXT NOT NULL UNIQUE,          -- a folder's path, or s3://BUCKET/PREFIX; it holds no secret
        folder TEXT NOT NULL                    -- what the names of this archive's packs begin with there
    ) STRICT;

    CREATE TABLE pack (                         -- objects with many pictures of one camera
        id INTEGER PRIMARY KEY,
        store_id INTEGER NOT NULL REFERENCES pack_store (id),
        name TEXT NOT NULL,                     -- the object's, within the store
        sha256 BLOB NOT NULL CHECK (length(sha256) = 32),  -- of the whole object
        bytes INTEGER NOT NULL CHECK (bytes > 0),          -- its size
        noted_at INTEGER NOT NULL,              -- when it was about to be written
        stored_at INTEGER,                      -- when it was read back whole; null: nothing relies on it
        live_pictures INTEGER NOT NULL DEFAULT 0 CHECK (live_pictures >= 0),  -- those still needed; kept by triggers
        live_bytes INTEGER NOT NULL DEFAULT 0 CHECK (live_bytes >= 0),        -- and what they take there
        UNIQUE (store_id, name)
    ) STRICT;

    CREATE TABLE packed_content (               -- contents that are in packs and not in picture_content
        id INTEGER PRIMARY KEY,                 -- as in picture.content_id
        sha256 BLOB NOT NULL,                   -- the same as in picture
        pack_id INTEGER NOT NULL REFERENCES pack (id),
        start INTEGER NOT NULL CHECK (start >= 0),   -- where in the pack its bytes begin
        bytes INTEGER NOT NULL CHECK (bytes > 0),    -- how many there are
        orientation INTEGER NOT NULL CHECK (orientation BETWEEN 1 AND 8)  -- how the picture is to be turned, as its Exif data say
    ) STRICT;
    CREATE INDEX packed_content_by_pack ON packed_content (pack_id, start);

    CREATE TRIGGER packed_content_arrives AFTER INSERT ON packed_content BEGIN
        UPDATE pack SET live_pictures = live_pictures + 1, live_bytes = live_bytes + NEW.bytes WHERE id = NEW.pack_id;
    END;
    CREATE TRIGGER packed_content_leaves AFTER DELETE ON packed_content BEGIN
        UPDATE pack SET live_pictures = live_pictures - 1, live_bytes = live_bytes - OLD.bytes WHERE id = OLD.pack_id;
    END;

    DROP TRIGGER picture_leaves_content;
    CREATE TRIGGER picture_leaves_content AFTER DELETE ON picture BEGIN
        DELETE FROM picture_content WHERE id = OLD.content_id;
        DELETE FROM packed_content WHERE id = OLD.content_id;
    END;
    """
