internal import FoundationEssentials
package import GRDB
package import Vocabulary

/// The timelapses that rules had made, and those that wait.
package enum TimelapseTable {
    /// Adds what is due. What is there of a subject already takes a new stretch and waits again.
    ///
    /// - Returns: its number.
    package static func enter(_ timelapse: ArchivedTimelapse, in database: Database) throws -> Int64 {
        try database.cachedStatement(
            sql: """
                INSERT INTO timelapse (rule, camera, subject, print, since_at, until_at, state, due_at, next_try_at, attempts,
                    reason, hint, files, poster, frames, milliseconds, made_at, pinned)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (rule, camera, subject) DO UPDATE SET since_at = excluded.since_at, until_at = excluded.until_at,
                    state = excluded.state, due_at = excluded.due_at, next_try_at = excluded.next_try_at,
                    attempts = excluded.attempts, reason = excluded.reason, hint = excluded.hint
                """
        ).execute(
            arguments: [
                timelapse.rule, timelapse.camera.text, timelapse.subject.text, timelapse.print,
                timelapse.since.milliseconds, timelapse.until.milliseconds,
            ] + (try timelapse.changing))
        return try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT id FROM timelapse WHERE rule = ? AND camera = ? AND subject = ?"),
            arguments: [timelapse.rule, timelapse.camera.text, timelapse.subject.text]) ?? 0
    }

    /// Notes what became of one.
    package static func update(_ timelapse: ArchivedTimelapse, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE timelapse SET state = ?, due_at = ?, next_try_at = ?, attempts = ?, reason = ?, hint = ?, files = ?,
                    poster = ?, frames = ?, milliseconds = ?, made_at = ?, pinned = ? WHERE id = ?
                """
        ).execute(arguments: try timelapse.changing + [timelapse.id])
    }

    /// - Returns: `nil` where there is none of that number.
    package static func timelapse(_ id: Int64, in database: Database) throws -> ArchivedTimelapse? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT \(columns) FROM timelapse WHERE id = ?"), arguments: [id]
        ).map { try ArchivedTimelapse($0) }
    }

    /// Those that a rule has of a camera's subject.
    package static func timelapse(
        of subject: ArchivedTimelapse.Subject, rule: String, camera: CameraName, in database: Database
    ) throws -> ArchivedTimelapse? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT \(columns) FROM timelapse WHERE rule = ? AND camera = ? AND subject = ?"),
            arguments: [rule, camera.text, subject.text]
        ).map { try ArchivedTimelapse($0) }
    }

    /// Those that wait or are being made, the longest waiting first.
    package static func unfinished(in database: Database) throws -> [ArchivedTimelapse] {
        try all("WHERE state IN ('waiting', 'making') ORDER BY due_at, id", [], in: database)
    }

    /// The newest first.
    package static func newest(
        _ states: Set<ArchivedTimelapse.State>, rule: String? = nil, limit: Int, in database: Database
    ) throws -> [ArchivedTimelapse] {
        let words = states.map(\.rawValue).sorted()
        return try all(
            """
            WHERE state IN (\(words.map { _ in "?" }.joined(separator: ", "))) AND (? IS NULL OR rule = ?)
            ORDER BY coalesce(made_at, due_at) DESC, id DESC LIMIT ?
            """, StatementArguments(words) + [rule, rule, limit], in: database)
    }

    /// Those of a rule that are there, or were when they were last looked at.
    package static func made(rule: String, in database: Database) throws -> [ArchivedTimelapse] {
        try all("WHERE rule = ? AND state = 'made' ORDER BY made_at, id", [rule], in: database)
    }

    /// How many there are in each state.
    package static func counts(in database: Database) throws -> [ArchivedTimelapse.State: Int] {
        let rows = try Row.fetchAll(database, sql: "SELECT state, count(*) FROM timelapse GROUP BY state")
        return try Dictionary(rows.map { (try $0.word(at: 0), try $0.count(at: 1)) }) { $0 + $1 }
    }

    private static func all(
        _ selection: String, _ arguments: StatementArguments, in database: Database
    ) throws -> [ArchivedTimelapse] {
        let statement = try database.cachedStatement(sql: "SELECT \(columns) FROM timelapse \(selection)")
        return try Array(Row.fetchCursor(statement, arguments: arguments).map { try ArchivedTimelapse($0) })
    }

    private static let columns = """
        id, rule, camera, subject, since_at, until_at, state, due_at, next_try_at, attempts, reason, hint, files, poster, frames,
        milliseconds, made_at, pinned
        """
}

extension ArchivedTimelapse {
    /// The values of what may change, in the order of the columns.
    fileprivate var changing: StatementArguments {
        get throws {
            [
                state.rawValue, dueAt.milliseconds, nextTryAt.milliseconds, attempts, reason, hint,
                String(decoding: try JSONEncoder().encode(files), as: UTF8.self), poster, frames, length?.milliseconds,
                madeAt?.milliseconds, isPinned,
            ]
        }
    }

    fileprivate init(_ row: Row) throws {
        let words: String = try row.value(at: 3)
        guard let subject = Subject(text: words) else { throw MisreadColumn(text: words, kind: "subject") }
        self.init(
            rule: try row.value(at: 1), camera: try row.cameraName(at: 2), subject: subject,
            since: try row.timestamp(at: 4), until: try row.timestamp(at: 5), dueAt: try row.timestamp(at: 7))
        (id, state, nextTryAt) = (try row.value(at: 0), try row.word(at: 6), try row.timestamp(at: 8))
        (attempts, reason, hint) = (try row.count(at: 9), try row.value(at: 10), try row.value(at: 11))
        files = try JSONDecoder().decode([File].self, from: Data((try row.value(at: 12) as String).utf8))
        (poster, frames) = (try row.value(at: 13), try (row.value(at: 14) as Int64?).map { Int(clamping: $0) })
        length = try (row.value(at: 15) as Int64?).map { .milliseconds($0) }
        (madeAt, isPinned) = (try row.timestampIfAny(at: 16), try row.value(at: 17))
    }
}
