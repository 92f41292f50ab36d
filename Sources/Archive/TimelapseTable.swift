internal import FoundationEssentials
package import GRDB
package import Vocabulary

/// The timelapses that rules had made, and those that wait.
package enum TimelapseTable {
    /// Adds what is due. What is there of a subject already takes a new stretch and waits again.
    ///
    /// - Returns: its number.
    package static func enter(_ timelapse: ArchivedTimelapse, in database: Database) throws -> Int64 {
        try Int64.fetchOne(
            database.cachedStatement(sql: entering), arguments: timelapse.values(of: TimelapseColumn.entered)) ?? 0
    }

    private static let entering = """
        INSERT INTO timelapse (\(TimelapseColumn.entered.map(\.name).joined(separator: ", ")))
        VALUES (\(TimelapseColumn.entered.map { _ in "?" }.joined(separator: ", ")))
        ON CONFLICT (rule, camera, subject) DO UPDATE
        SET \(TimelapseColumn.planned.map { "\($0.name) = excluded.\($0.name)" }.joined(separator: ", "))
        RETURNING id
        """

    /// Notes what became of one.
    package static func update(_ timelapse: ArchivedTimelapse, in database: Database) throws {
        try database.cachedStatement(sql: updating)
            .execute(arguments: timelapse.values(of: TimelapseColumn.changing + [.id]))
    }

    private static let updating = """
        UPDATE timelapse SET \(TimelapseColumn.changing.map { "\($0.name) = ?" }.joined(separator: ", ")) WHERE id = ?
        """

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

    private static let columns = TimelapseColumn.allCases.map(\.name).joined(separator: ", ")
}

extension ArchivedTimelapse {
    fileprivate func values(of columns: [TimelapseColumn]) throws -> StatementArguments {
        StatementArguments(try columns.map(value))
    }

    private func value(of column: TimelapseColumn) throws -> (any DatabaseValueConvertible)? {
        switch column {
        case .id: id
        case .rule: rule
        case .camera: camera.text
        case .subject: subject.text
        case .print: print
        case .since: since.milliseconds
        case .until: until.milliseconds
        case .state: state.rawValue
        case .dueAt: dueAt.milliseconds
        case .nextTryAt: nextTryAt.milliseconds
        case .attempts: attempts
        case .reason: reason
        case .hint: hint
        case .files: String(decoding: try JSONEncoder().encode(files), as: UTF8.self)
        case .poster: poster
        case .frames: frames
        case .milliseconds: length?.milliseconds
        case .madeAt: madeAt?.milliseconds
        case .isPinned: isPinned
        }
    }

    /// Reads a row of all columns.
    fileprivate init(_ row: Row) throws {
        let row = NamedRow(row, by: TimelapseColumn.self)
        let words: String = try row.value(.subject)
        guard let subject = Subject(text: words) else { throw MisreadColumn(text: words, kind: "subject") }
        self.init(
            rule: try row.value(.rule), camera: try row.cameraName(.camera), subject: subject,
            since: try row.timestamp(.since), until: try row.timestamp(.until), dueAt: try row.timestamp(.dueAt))
        (id, state, nextTryAt) = (try row.value(.id), try row.word(.state), try row.timestamp(.nextTryAt))
        (attempts, reason, hint) = (try row.count(.attempts), try row.value(.reason), try row.value(.hint))
        files = try JSONDecoder().decode([File].self, from: Data((try row.value(.files) as String).utf8))
        (poster, frames) = (try row.value(.poster), try (row.value(.frames) as Int64?).map { Int(clamping: $0) })
        length = try (row.value(.milliseconds) as Int64?).map { .milliseconds($0) }
        (madeAt, isPinned) = (try row.timestampIfAny(.madeAt), try row.value(.isPinned))
    }
}
