internal import Archive
package import GRDB
package import Vocabulary

/// Frames that were captured one after the other by one reckoning of time: between two leaps of the clock.
package struct TimeStretch: Hashable, Sendable {
    /// The numbers of its first frame and its last one. Imported frames among them have times of their own and do not count.
    package let first: FrameID
    package let last: FrameID
    package let frames: Int
    /// When its earliest frame was captured, as the archive says.
    package let from: Timestamp
    package let until: Timestamp
    /// By how much its times are ahead of the server's, by the times in its pictures' addresses; `nil` where none has one. Pictures
    /// are up to some minutes old when they are fetched; this is the freshest one's.
    package let aheadOfServer: Duration?
    /// Why its times were doubted at its beginning.
    package let doubt: String?

    /// What a picture's age may be.
    static let likelyOffset = Duration.seconds(1800)
    /// A picture from the future may come of a server's clock, or of a simulated printer in quick motion.
    static let likelyFuture = Duration.seconds(86_400)

    /// Whether its times contradict the server's.
    package var isWrongByServer: Bool {
        aheadOfServer.map { $0 > Self.likelyOffset || $0 < .zero - Self.likelyFuture } ?? false
    }
}

/// Finds where an archive's time leaps: by what was noted, and by the order of the frames' numbers.
package enum TimeStretches {
    /// A camera's time that goes back, or goes on after longer than this, leaps.
    static let longestPause = Duration.seconds(366 * 86_400)
    static let tolerance = Duration.seconds(2)

    /// - Parameter now: by this machine's clock; frames ahead of it are a stretch of their own.
    package static func all(at now: Timestamp, in database: Database) throws -> [TimeStretch] {
        let events = try ClockEventTable.all(in: database)
        guard
            let bounds = try Row.fetchOne(
                database, sql: "SELECT min(id), max(id) FROM frame WHERE source <> 'import' HAVING count(*) > 0")
        else { return [] }
        let (first, last): (Int64, Int64) = (try bounds.value(at: 0), try bounds.value(at: 1))
        // Each leap lies behind one frame and at the latest before another; what was noted is exact.
        var cuts = events.filter { $0.kind == .leap }.map { $0.frame.number + 1 }
        for (before, after) in try leaps(at: now, in: database).sorted(by: { $0.after < $1.after })
        where !cuts.contains(where: { before < $0 && $0 <= after }) {
            cuts.append(after)
        }
        let starts = [first] + Set(cuts).filter { $0 > first && $0 <= last }.sorted()
        let ends = starts.dropFirst().map { $0 - 1 } + [last]
        return try zip(starts, ends).compactMap { start, end in
            try stretch(of: start...end, doubt: doubt(of: start...end, events), in: database)
        }
    }

    /// The pairs of frames, one after the other of one camera, between which time leaps.
    private static func leaps(at now: Timestamp, in database: Database) throws -> [(before: Int64, after: Int64)] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT before, id FROM (
                    SELECT id, captured_at, captured_at - taken_at AS lead, lag(id) OVER camera AS before,
                        lag(captured_at) OVER camera AS captured_before, lag(captured_at - taken_at) OVER camera AS lead_before
                    FROM frame WHERE source <> 'import' WINDOW camera AS (PARTITION BY camera_id ORDER BY id))
                WHERE before IS NOT NULL AND (
                    captured_at < captured_before - ?1 OR captured_at > captured_before + ?2
                    OR (captured_at > ?3) <> (captured_before > ?3) OR abs(max(lead, 0) - max(lead_before, 0)) > ?4)
                """,
            arguments: [
                tolerance.milliseconds, longestPause.milliseconds, (now + .seconds(60)).milliseconds,
                (TimeStretch.likelyOffset + .seconds(60)).milliseconds,
            ])
        var leaps: [(Int64, Int64)] = []
        while let row = try rows.next() { leaps.append((try row.value(at: 0), try row.value(at: 1))) }
        return leaps
    }

    private static func stretch(
        of frames: ClosedRange<Int64>, doubt: String?, in database: Database
    ) throws -> TimeStretch? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*), min(id), max(id), min(captured_at), max(captured_at), min(captured_at - taken_at)
                FROM frame WHERE id BETWEEN ? AND ? AND source <> 'import' HAVING count(*) > 0
                """, arguments: [frames.lowerBound, frames.upperBound])
        guard let row else { return nil }
        return TimeStretch(
            first: FrameID(try row.value(at: 1)), last: FrameID(try row.value(at: 2)), frames: try row.value(at: 0),
            from: try row.timestamp(at: 3), until: try row.timestamp(at: 4),
            aheadOfServer: (try row.value(at: 5) as Int64?).map { .milliseconds($0) }, doubt: doubt)
    }

    /// Of what was said of the clock between the leap before the stretch and the one behind it, the last word counts.
    private static func doubt(of frames: ClosedRange<Int64>, _ events: [ClockEvent]) -> String? {
        let leaps = events.filter { $0.kind == .leap }
        let since = leaps.last { $0.frame.number < frames.lowerBound }?.id ?? 0
        let until = leaps.first { $0.frame.number >= frames.lowerBound }?.id ?? .max
        let last = events.last {
            $0.kind != .leap && $0.id > since && $0.id < until && $0.frame.number <= frames.upperBound
        }
        return last?.kind == .doubt ? last?.reason : nil
    }
}
