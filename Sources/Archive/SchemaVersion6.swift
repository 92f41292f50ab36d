/// The schema's sixth version: a log of the alerts, also of those that nobody asked to be told.
///
/// The kinds have no check of their own: there may be more, and a check cannot be changed later.
let schemaVersion6 = """
    CREATE TABLE alert_log (                    -- what the owner was or could have been told, the newest 10,000
        id INTEGER PRIMARY KEY,                 -- in the order of happening
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,                     -- from a fixed set
        change TEXT NOT NULL CHECK (change IN ('opened', 'closed', 'happened')),
        subject TEXT NOT NULL,                  -- the first camera's name; empty where it is about the archive
        since_at INTEGER,                       -- of one that opened: since when
        cameras TEXT NOT NULL,                  -- the names of all that it is about, as a JSON array
        message TEXT NOT NULL,
        hint TEXT
    ) STRICT;
    CREATE INDEX alert_log_by_subject ON alert_log (kind, subject, id);
    """
