import Archive
import Foundation
import GRDBSQLite
import Storage

/// An archive of a year, made by SQL in a minute or two: 20 cameras, 1,000 prints, frames in equal parts, and a ledger in which
/// 25 of 125 slots repeat the last picture or have none. It has everything but the pictures themselves.
struct CatalogArchive {
    static let cameras = 20
    static let prints = 1000
    /// 2025-01-01T00:00:00Z, in milliseconds: all of the year is over.
    static let start: Int64 = 1_735_689_600_000
    static let year: Int64 = 365 * 86_400_000

    let path: String
    let frames: Int

    /// - Parameter withPictures: whether to record what pictures there are, without the pictures' bytes.
    func make(withPictures: Bool = false) async throws {
        try await FrameArchive.open(at: path).close()
        let database = try BareDatabase(path: path)
        try database.run("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; PRAGMA temp_store = MEMORY;")
        // Triggers and indexes would be kept row by row; they come back when all rows are there.
        let later = try database.texts(
            """
            SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name IN ('frame', 'ledger_run')
                AND type IN ('index', 'trigger') ORDER BY type, name
            """)
        let names = try database.texts(
            """
            SELECT format('DROP %s "%s"', type, name) FROM sqlite_schema
            WHERE sql IS NOT NULL AND tbl_name IN ('frame', 'ledger_run') AND type IN ('index', 'trigger')
            """)
        let pictures = withPictures ? Self.pictures : ""
        try database.run(
            "BEGIN; \(names.joined(separator: ";"));\(rows)\(pictures)\(later.joined(separator: ";\n")); COMMIT;")
        try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
        // Whoever commits next would wait for gigabytes that are on their way to the disk.
        sync()
    }

    private static let pictures = """
        INSERT INTO picture (sha256, bytes, content_id, reference_count) SELECT sha256, bytes, id, 1 FROM frame ORDER BY 1;

        """

    /// A camera's frames come in hundreds, each followed by 20 repeats and 5 slots of something else.
    private var rows: String {
        let perCamera = max(100, frames / Self.cameras)
        let interval = Self.year / Int64(perCamera / 100 * 125)
        return """
            INSERT INTO camera (id, name) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(Self.cameras))
            SELECT i, format('printer %02d', i) FROM n;

            INSERT INTO print (id, camera_id, number, told_by, name, state, started_at, ended_at)
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(Self.prints) - 1)
            SELECT i + 1, i % \(Self.cameras) + 1, i + 1, 'octoprint', format('part %d.gcode', i * 7919 % 300), 'finished',
                \(Self.start) + i / \(Self.cameras) * \(Self.year * Int64(Self.cameras) / Int64(Self.prints)),
                \(Self.start) + (i / \(Self.cameras) + 1) * \(Self.year * Int64(Self.cameras) / Int64(Self.prints))
            FROM n;

            INSERT INTO frame (id, camera_id, captured_at, slot_at, last_seen_at, seen, width, height, bytes, sha256,
                perceptual_hash, print_id, source, brightness, sharpness, change, changed_percent)
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(frames) - 1),
            slot (i, camera, k, at) AS (
                SELECT i, i % \(Self.cameras), i / \(Self.cameras),
                    \(Self.start) + (i / \(Self.cameras) + i / \(Self.cameras * 100) * 25) * \(interval) FROM n)
            SELECT i + 1, camera + 1, at + camera * 40, at, at + camera * 40, 1 + (random() & 3), 1280, 720,
                60000 + (random() & 65535), randomblob(32), random(),
                CASE WHEN k * \(Self.prints / Self.cameras) % \(perCamera) < 0.7 * \(perCamera)
                    THEN k * \(Self.prints / Self.cameras) / \(perCamera) * \(Self.cameras) + camera + 1 END,
                'webcam_api', random() & 255, random() & 255, random() & 127, abs(random()) % 101
            FROM slot;

            INSERT INTO ledger_run (camera_id, from_at, interval_ms, slots, outcome, detail, bytes, frame_id)
            WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < \(perCamera / 100 * Self.cameras) - 1),
            part (place, slots) AS (VALUES (0, 100), (100, 20), (120, 5)),
            run (camera, hundred, place, slots) AS (
                SELECT i % \(Self.cameras), i / \(Self.cameras), place, slots FROM n, part)
            SELECT camera + 1, \(Self.start) + (hundred * 125 + place) * \(interval), \(interval), slots,
                CASE place WHEN 0 THEN 'stored' WHEN 100 THEN 'duplicate' ELSE \(Self.thirdOutcome) END,
                CASE WHEN place = 120 AND hundred % 5 = 0 THEN 'truncated' END, slots * 90000,
                (hundred * 100 + 99) * \(Self.cameras) + camera + 1
            FROM run;

            UPDATE archive_info SET totals_until = (SELECT max(captured_at) FROM frame) - 600000;
            INSERT INTO frame_hour (camera_id, hour, frames, bytes)
            SELECT camera_id, captured_at / 3600000 * 3600000, count(*), sum(bytes) FROM frame
            WHERE captured_at < (SELECT totals_until FROM archive_info) GROUP BY 1, 2;
            UPDATE print SET frames = total.frames, bytes = total.bytes FROM (
                SELECT print_id, count(*) AS frames, sum(bytes) AS bytes FROM frame
                WHERE captured_at < (SELECT totals_until FROM archive_info) GROUP BY print_id) AS total
            WHERE print.id = total.print_id;

            """
    }

    private static let thirdOutcome = """
        CASE hundred % 10 WHEN 0 THEN 'rejected' WHEN 1 THEN 'offline' WHEN 2 THEN 'timeout' WHEN 3 THEN 'missed'
            WHEN 4 THEN 'cap' WHEN 5 THEN 'rejected' ELSE 'unchanged' END
        """
}
