package import GRDB
internal import Vocabulary

/// What became known of the clock.
package enum ClockEventTable {
    package static func all(in database: Database) throws -> [ClockEvent] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT id, kind, before_at, after_at, frame_id, reason FROM clock_event ORDER BY id"))
        return try Array(
            rows.map { row in
                ClockEvent(
                    id: try row.value(at: 0), kind: try row.word(at: 1), before: try row.timestamp(at: 2),
                    after: try row.timestamp(at: 3), frame: FrameID(try row.value(at: 4)), reason: try row.value(at: 5))
            })
    }
}
