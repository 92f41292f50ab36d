internal import Archive
internal import GRDB

/// SQLite's own check, table by table.
///
/// A check of the whole file follows the pages of every picture, which are read anyway when it is hashed: it would read them
/// twice, and hold one state of the archive all the while, so that the log of a capture beside it could not begin anew. It
/// cannot see a flipped bit in a picture, and it leaves out `CHECK` constraints on a connection that only reads:
/// ``Relation`` has them.
enum StructureCheck {
    /// Rejected bodies, some megabytes.
    private static let bodies = "quarantine"

    /// The tables to check, the list of tables first.
    static func tables(quick: Bool, in database: Database) throws -> [String] {
        let tables = try String.fetchAll(
            database,
            sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite#_%' ESCAPE '#'")
        return ["sqlite_schema"] + tables.filter { !ArchivePictures.tables.contains($0) && !(quick && $0 == bodies) }
    }

    /// - Parameter quick: leaves out comparing the rows of a table with its indexes.
    static func problems(of table: String, quick: Bool, in database: Database) throws -> [String] {
        let check = quick ? "quick_check" : "integrity_check"
        return try String.fetchAll(database, sql: "SELECT \(check) FROM pragma_\(check)(?)", arguments: [table])
            .flatMap { $0.split(separator: "\n").map(String.init) }
            .filter { $0 != "ok" && !$0.hasPrefix("***") }
            .map { "table \(table): \($0)" }
    }
}
