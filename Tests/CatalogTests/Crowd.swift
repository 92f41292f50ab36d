import Catalog
import Storage
import Vocabulary

/// An archive with more frames than a test would store one by one.
extension TemporaryArchive {
    /// Two cameras that take turns, a second apart each, and a print for every 2,000 frames; all the rest is by chance, but the
    /// same each time. The pictures are all the same.
    func fill(frames: Int) async throws {
        let writer = try await open()
        let first = try await writer.store(0)
        try await writer.store(0, slot: 1, camera: .other)
        try await writer.close()
        // A linear congruential generator, each number from the one before.
        try sqlite(
            """
            PRAGMA synchronous = OFF;
            BEGIN;
            DELETE FROM frame;
            INSERT INTO picture (sha256, bytes, content_id, reference_count)
            VALUES (x'\(first.sha256)', 100, 1, 0) ON CONFLICT DO NOTHING;
            WITH RECURSIVE number (n, chance) AS (
                SELECT 1, 12345
                UNION ALL SELECT n + 1, (chance * 1103515245 + 12345) % 2147483648 FROM number WHERE n <= \(frames / 2000)
            ) INSERT INTO print (id, camera_id, number, told_by, name, state, started_at, ended_at)
            SELECT n, 1, n, 'url', 'part ' || n, 'finished', \(Timestamp.start.milliseconds) + (n - 1) * 2000000,
                \(Timestamp.start.milliseconds) + n * 2000000 - 1000 FROM number;
            WITH RECURSIVE number (n, chance) AS (
                SELECT 1, 12345
                UNION ALL SELECT n + 1, (chance * 1103515245 + 12345) % 2147483648 FROM number WHERE n < \(frames)
            ) INSERT INTO frame (id, camera_id, captured_at, last_seen_at, seen, width, height, bytes, sha256,
                perceptual_hash, print_id, source, brightness, sharpness, change, changed_percent, excluded, pinned, note)
            SELECT n, 1 + n % 2, \(Timestamp.start.milliseconds) + n * 1000, \(Timestamp.start.milliseconds) + n * 1000, 1,
                64, 48, 100, x'\(first.sha256)', chance * 4294967296 + (chance * 7919) % 4294967296,
                CASE n % 2 WHEN 0 THEN n / 2000 + 1 END, 'url', chance / 65536 % 256, nullif(chance / 256 % 256, 7),
                chance / 4096 % 511, nullif(chance / 1024 % 101, 50), n % 50 = 0, n % 70 = 0, iif(n % 90 = 0, 'look', NULL)
            FROM number;
            COMMIT;
            """)
    }
}
