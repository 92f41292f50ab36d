package import GRDB
public import Vocabulary

/// Something that became known of the capturing machine's clock.
public struct ClockEvent: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// It was set, or was found to be behind what the archive has.
        case leap
        /// From then on it may be wrong.
        case doubt
        /// It is right, as far as is known.
        case trust
    }

    /// The row's number: the order of happening.
    public let id: Int64
    public let kind: Kind
    /// What the clock would have said.
    public let before: Timestamp
    /// What it said from then on; the same unless it leapt.
    public let after: Timestamp
    /// The newest frame then; 0 where there was none.
    public let frame: FrameID
    /// A short constant from a fixed set.
    public let reason: String

    /// By how much the clock leapt.
    public var shift: Duration { after - before }
}

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
