internal import Archive
package import GRDB
package import Vocabulary

/// Frames counted by hour, and those of each print, for questions about years.
///
/// The totals tell of the frames captured before `archive_info.totals_until`, and triggers keep them true. Newer frames are
/// few, and are counted when somebody asks: keeping the totals with each frame would cost two more pages in the log of every
/// commit.
package enum FrameTotals {
    /// Every so many frames the totals catch up.
    static let step: Int64 = 256

    /// - Parameter frame: the one just stored.
    package static func rollUpIfDue(after frame: FrameID, in database: Database) throws {
        guard frame.number.isMultiple(of: step) else { return }
        let newest = try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT captured_at FROM frame WHERE id = ?"), arguments: [frame.number])
        if let newest { try rollUp(until: newest, in: database) }
    }

    /// Lets the totals tell of all frames captured before an instant, in milliseconds.
    ///
    /// Sums of what a damaged file says are cut to what a column holds: the frame at hand is stored all the same.
    private static func rollUp(until: Int64, in database: Database) throws {
        let since =
            try Int64.fetchOne(database.cachedStatement(sql: "SELECT totals_until FROM archive_info")) ?? .max
        guard since < until else { return }
        try database.cachedStatement(
            sql: """
                INSERT INTO frame_hour (camera_id, hour, frames, bytes)
                SELECT camera_id, \(FrameTable.hour), count(*), CAST(total(bytes) AS INTEGER)
                FROM frame INDEXED BY frame_by_time WHERE captured_at >= ?1 AND captured_at < ?2 GROUP BY 1, 2
                ON CONFLICT DO UPDATE SET frames = min(frames + excluded.frames, \(Int64.max)),
                    bytes = min(bytes + excluded.bytes, \(Int64.max))
                """
        ).execute(arguments: [since, until])
        try database.cachedStatement(
            sql: """
                UPDATE print SET frames = min(print.frames + fresh.frames, \(Int64.max)),
                    bytes = min(print.bytes + fresh.bytes, \(Int64.max)) FROM (
                    SELECT print_id, count(*) AS frames, CAST(total(bytes) AS INTEGER) AS bytes FROM frame INDEXED BY frame_by_time
                    WHERE captured_at >= ?1 AND captured_at < ?2 AND print_id IS NOT NULL GROUP BY print_id) AS fresh
                WHERE print.id = fresh.print_id
                """
        ).execute(arguments: [since, until])
        try database.cachedStatement(sql: "UPDATE archive_info SET totals_until = ?").execute(arguments: [until])
    }

    /// Counts all anew: for whoever has moved frames in time.
    package static func recount(in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE archive_info SET totals_until = min(totals_until, (SELECT max(captured_at) FROM frame));
                DELETE FROM frame_hour;
                INSERT INTO frame_hour (camera_id, hour, frames, bytes)
                SELECT camera_id, \(FrameTable.hour), count(*), sum(bytes) FROM frame
                WHERE captured_at < (SELECT totals_until FROM archive_info) GROUP BY 1, 2;
                UPDATE print SET frames = 0, bytes = 0 WHERE frames <> 0 OR bytes <> 0;
                UPDATE print SET frames = total.frames, bytes = total.bytes FROM (
                    SELECT print_id, count(*) AS frames, sum(bytes) AS bytes FROM frame
                    WHERE print_id IS NOT NULL AND captured_at < (SELECT totals_until FROM archive_info)
                    GROUP BY print_id) AS total
                WHERE print.id = total.print_id;
                """)
    }
}
