internal import GRDB

/// What a table or view of the archive holds, column by column, for people who ask it by SQL.
///
/// It stands apart from the statements that make the tables, because those are a history: a column that came later has no place
/// in them, and SQLite moves the comments of its neighbours to it.
package struct SchemaDocumentation: Sendable {
    package let name: String
    /// A sentence or two.
    package let meaning: String
    /// In the order of the table.
    package let columns: [(name: String, meaning: String)]

    init(_ name: String, _ meaning: String, _ columns: KeyValuePairs<String, String>) {
        self.name = name
        self.meaning = meaning
        self.columns = columns.map { (name: $0.key, meaning: $0.value) }
    }

    /// The table of frames.
    init(frames meaning: String) {
        name = "frame"
        self.meaning = meaning
        columns = FrameColumn.allCases.map { (name: $0.name, meaning: $0.meaning) }
    }

    /// What holds for all of them.
    package static let introduction = """
        An archive is one SQLite file. Times are milliseconds since 1970 in UTC; the views have them as text too. Asking is safe \
        at any time, also while frames are captured: sqlite3 -readonly ARCHIVE. Only this program is to write. The views stay as \
        they are and get new columns at their ends alone; tables may change with the version, which is in user_version.
        """
}

/// The statements that make a new archive's tables, as this version of the program has them.
package struct SchemaStatements {
    package struct Statement {
        /// `table`, `view`, `index` or `trigger`.
        package let type: String
        package let name: String
        package let sql: String
    }

    package let all: [Statement]
    /// The columns of each table and view, in order.
    package let columns: [String: [String]]

    /// Makes them in a database in memory.
    package init() throws {
        let database = try DatabaseQueue()
        (all, columns) = try database.writeWithoutTransaction { database in
            try Schema.migrate(database)
            let statements = try Row.fetchAll(
                database,
                sql: """
                    SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL
                    ORDER BY instr('table view index trigger', type), name
                    """
            ).map { Statement(type: try $0.value(at: 0), name: try $0.value(at: 1), sql: try $0.value(at: 2)) }
            var columns: [String: [String]] = [:]
            for statement in statements where statement.type == "table" || statement.type == "view" {
                columns[statement.name] = try String.fetchAll(
                    database, sql: "SELECT name FROM pragma_table_xinfo(?) ORDER BY cid", arguments: [statement.name])
            }
            return (statements, columns)
        }
    }
}
