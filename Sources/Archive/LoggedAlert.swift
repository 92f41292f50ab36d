internal import FoundationEssentials
package import GRDB
public import Vocabulary

/// An alert that opened, closed, or happened and was over, as the archive's log of them has it.
public struct LoggedAlert: Hashable, Sendable {
    public enum Change: String, CaseIterable, Sendable, FieldConvertible {
        case opened, closed
        /// What it is about does not last.
        case happened
    }

    public let at: Timestamp
    /// A short constant from a fixed set.
    public let kind: String
    public let change: Change
    /// Those that it is about: one, the ones that share an account, or none where it is about the archive.
    public let cameras: [CameraName]
    /// Of one that opened: since when it is so.
    public let since: Timestamp?
    /// What happened, for a person: one or two sentences.
    public let message: String
    /// What the person does now, where there is something to do.
    public let hint: String?

    public init(
        at time: Timestamp, kind: String, change: Change, cameras: [CameraName], since: Timestamp? = nil,
        message: String, hint: String? = nil
    ) {
        (at, self.kind, self.change, self.cameras) = (time, kind, change, cameras)
        (self.since, self.message, self.hint) = (since, message, hint)
    }
}

/// As the document that `on_event` gets, and what became of it.
extension LoggedAlert: AlertDocument {
    public static let fields: [Field<Self>] = document + [Field("change", \.change)]
}

/// The log of alerts.
package enum AlertLogTable {
    /// Rows that are kept: bounded by their number, because a clock may be wrong by years.
    package static let longest = 10_000

    package static func insert(_ alert: LoggedAlert, into database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO alert_log (at, kind, change, subject, since_at, cameras, message, hint)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            alert.at.milliseconds, alert.kind, alert.change.rawValue, alert.cameras.first?.text ?? "",
            alert.since?.milliseconds,
            String(decoding: try JSONEncoder().encode(alert.cameras.map(\.text)), as: UTF8.self), alert.message,
            alert.hint,
        ])
        try database.cachedStatement(
            sql: "DELETE FROM alert_log WHERE id <= (SELECT max(id) FROM alert_log) - ?"
        ).execute(arguments: [longest])
    }

    /// The newest first.
    ///
    /// - Parameter end: those before this one, by its number.
    package static func newest(
        before end: Int64?, limit: Int, in database: Database
    ) throws -> [(id: Int64, alert: LoggedAlert)] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT id, at, kind, change, since_at, cameras, message, hint FROM alert_log
                    WHERE id < ? ORDER BY id DESC LIMIT ?
                    """), arguments: [end ?? .max, limit])
        return try Array(
            rows.map { row in
                let names = try JSONDecoder().decode([String].self, from: Data((try row.value(at: 5) as String).utf8))
                return (
                    try row.value(at: 0),
                    LoggedAlert(
                        at: try row.timestamp(at: 1), kind: try row.value(at: 2), change: try row.word(at: 3),
                        cameras: try names.map { try CameraName($0) }, since: try row.timestampIfAny(at: 4),
                        message: try row.value(at: 6), hint: try row.value(at: 7))
                )
            })
    }

    /// Those that opened and did not close, the oldest first.
    package static func open(in database: Database) throws -> [OpenAlert] {
        try OpenAlert.all(
            """
            SELECT kind, subject, coalesce(since_at, at) FROM alert_log AS opened
            WHERE change = 'opened' AND NOT EXISTS (SELECT 1 FROM alert_log AS later
                WHERE later.kind = opened.kind AND later.subject = opened.subject AND later.id > opened.id)
            ORDER BY 3, 1, 2
            """, in: database)
    }
}
