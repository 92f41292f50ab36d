/// The schema's tenth version: machines that are followed no longer, and whose records stay.
let schemaVersion10 = """
    -- Since when it is not looked for; null: it is followed.
    ALTER TABLE followed_machine ADD COLUMN retired_at INTEGER;
    """
