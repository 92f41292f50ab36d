internal import FoundationEssentials
package import GRDB
internal import Vocabulary

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
    /// - Parameters:
    ///   - begin: those behind this one, by its number.
    ///   - end: those before this one.
    package static func newest(
        behind begin: Int64? = nil, before end: Int64? = nil, limit: Int, in database: Database
    ) throws -> [(id: Int64, alert: LoggedAlert)] {
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT id, at, kind, change, since_at, cameras, message, hint FROM alert_log
                    WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?
                    """), arguments: [begin ?? .min, end ?? .max, limit])
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
