import GRDB

extension Row {
    /// The lines of a statement's `EXPLAIN QUERY PLAN`.
    static func plan(_ sql: String, _ arguments: StatementArguments, _ database: Database) throws -> [String] {
        try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map {
            $0["detail"] as String
        }
    }
}
