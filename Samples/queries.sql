-- Questions to an archive, for the sqlite3 program:
--
--     sqlite3 -readonly -header -column frames.printlapse < Samples/queries.sql
--
-- It may run beside a capture. The views are made for this: frame_view, timeline_view and print_view. They give times
-- as text in UTC, and again as milliseconds since 1970 (captured_ms, from_ms, until_ms), which conditions should use,
-- for they have an index. “printlapse schema” explains every table and view, column by column.

-- The newest frames.
SELECT id, camera, captured_at, width, height, bytes FROM frame_view ORDER BY captured_ms DESC LIMIT 10;

-- Frames of the last hour, by camera.
SELECT camera, count(*) AS frames, sum(bytes) AS bytes
FROM frame_view WHERE captured_ms >= (unixepoch() - 3600) * 1000 GROUP BY camera;

-- Frames and megabytes a day.
SELECT date(captured_ms / 1000, 'unixepoch') AS day, count(*) AS frames, round(sum(bytes) / 1e6, 1) AS megabytes
FROM frame_view GROUP BY day ORDER BY day;

-- How many frames there are, and at which hours of the day (UTC) they were captured. The totals tell of the frames before
-- totals_until without reading one of them, so this is as quick for ten years as for a day.
SELECT (SELECT coalesce(sum(frames), 0) FROM frame_hour)
    + (SELECT count(*) FROM frame WHERE captured_at >= totals_until) AS frames FROM archive_info;
SELECT hour / 3600000 % 24 AS hour, sum(frames) AS frames FROM (
    SELECT hour, frames FROM frame_hour
    UNION ALL SELECT captured_at, 1 FROM frame WHERE captured_at >= (SELECT totals_until FROM archive_info))
GROUP BY 1 ORDER BY 1;

-- Frames that show most change, dark ones, and blurred ones.
SELECT id, camera, captured_at, changed_percent FROM frame_view
WHERE changed_percent IS NOT NULL ORDER BY changed_percent DESC LIMIT 5;
SELECT id, camera, captured_at, brightness FROM frame_view WHERE brightness < 48 ORDER BY brightness LIMIT 5;
SELECT id, camera, captured_at, sharpness FROM frame_view WHERE sharpness IS NOT NULL ORDER BY sharpness LIMIT 5;

-- What the owner marked and noted.
SELECT id, camera, captured_at, excluded, pinned, note FROM frame_view
WHERE excluded OR pinned OR note IS NOT NULL ORDER BY captured_ms DESC LIMIT 20;

-- The prints, and how long each took from its first frame to its last.
SELECT id, camera, number, frames, first_captured_at,
    time(unixepoch(last_captured_at) - unixepoch(first_captured_at), 'unixepoch') AS took
FROM print_view ORDER BY id DESC LIMIT 10;

-- Times without a picture, and why.
SELECT camera, from_at, until_at, outcome, detail, slots FROM timeline_view WHERE gap ORDER BY from_ms DESC LIMIT 20;

-- How the slots went: the ledger accounts for every one of them.
SELECT camera, outcome, sum(slots) AS slots, sum(bytes) AS bytes_received
FROM timeline_view GROUP BY camera, outcome ORDER BY camera, slots DESC;

-- Frames that were captured and removed since, as by pruning. The ledger goes on accounting for their slots.
SELECT camera, sum(slots) AS captured, sum(removed) AS removed
FROM timeline_view WHERE outcome = 'stored' GROUP BY camera ORDER BY camera;

-- Pictures that stood still longest.
SELECT id, camera, captured_at, last_seen_at, seen FROM frame_view ORDER BY seen DESC LIMIT 5;

-- What the archive holds: pictures are stored once, however many frames show them.
SELECT count(*) AS pictures, sum(bytes) AS bytes, sum((reference_count - 1) * bytes) AS bytes_shared FROM picture;

-- What compacting made of them, without loss. The original's SHA-256 stays on record beside that of the stored bytes.
SELECT count(stored_sha256) AS compacted, sum(bytes) AS original_bytes, sum(coalesce(stored_bytes, bytes)) AS stored_bytes
FROM picture;

-- What lies in packs elsewhere, and what is needed of it still.
SELECT count(*) AS packs, sum(live_pictures) AS pictures, sum(live_bytes) AS bytes, sum(bytes) AS bytes_there FROM pack;

-- A frame's picture, written to a file (the sqlite3 program's own function):
--     SELECT writefile('frame.jpg', jpeg) FROM frame JOIN picture USING (sha256)
--     JOIN picture_content AS content ON content.id = picture.content_id WHERE frame.id = 1;
