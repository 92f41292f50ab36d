/// The schema's seventh version: timelapses that make themselves.
///
/// Cameras stand by their names and prints by their numbers, without references: the file outlives what it was made of.
let schemaVersion7 = """
    CREATE TABLE timelapse (                    -- those that rules had made, or that wait for it
        id INTEGER PRIMARY KEY,
        rule TEXT NOT NULL,                     -- the rule's name
        camera TEXT NOT NULL,                   -- the camera's name
        subject TEXT NOT NULL,                  -- print N, from T, or rolling
        print INTEGER,                          -- its id in print, where it is of one
        since_at INTEGER NOT NULL,
        until_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'making', 'made', 'skipped', 'removed', 'forgotten')),
        due_at INTEGER NOT NULL,                -- since when it waits
        next_try_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL CHECK (attempts >= 0),
        reason TEXT,                            -- why the newest attempt failed, or why it is skipped
        hint TEXT,
        files TEXT NOT NULL,                    -- a JSON array of paths and sizes
        poster TEXT,
        frames INTEGER,
        milliseconds INTEGER,                   -- how long the video lasts
        made_at INTEGER,
        pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
        UNIQUE (rule, camera, subject)
    ) STRICT;
    CREATE INDEX timelapse_unfinished ON timelapse (due_at, id) WHERE state IN ('waiting', 'making');

    CREATE TABLE timelapse_rule (               -- since when rules have been followed
        name TEXT PRIMARY KEY,
        since_at INTEGER NOT NULL,              -- what ended before is not the rule's to make
        planned_until INTEGER NOT NULL          -- up to when what ended was looked at
    ) STRICT, WITHOUT ROWID;
    """
