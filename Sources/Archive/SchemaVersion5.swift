/// The schema's fifth version: what a picture that decodes is suspected of.
///
/// The words have no check of their own: what is suspected may become more, and a check cannot be changed later.
let schemaVersion5 = """
    ALTER TABLE frame ADD COLUMN suspect TEXT;
    ALTER TABLE frame ADD COLUMN suspect_place TEXT;
    CREATE INDEX frame_suspect ON frame (captured_at, id) WHERE suspect IS NOT NULL;

    DROP VIEW frame_view;
    CREATE VIEW frame_view AS
    SELECT frame.id, camera.name AS camera,
        strftime('%Y-%m-%dT%H:%M:%fZ', captured_at / 1000.0, 'unixepoch') AS captured_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', taken_at / 1000.0, 'unixepoch') AS taken_at,
        strftime('%Y-%m-%dT%H:%M:%fZ', last_seen_at / 1000.0, 'unixepoch') AS last_seen_at,
        seen, width, height, bytes, lower(hex(sha256)) AS sha256, printf('%016x', perceptual_hash) AS perceptual_hash,
        print_id AS print, variant, source, excluded, pinned,
        captured_at AS captured_ms,
        progress, printer_state, prediction,
        brightness, sharpness, change, changed_percent, note, damaged_at IS NOT NULL AS damaged,
        suspect, suspect_place
    FROM frame JOIN camera ON camera.id = frame.camera_id;
    """
