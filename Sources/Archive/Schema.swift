package import GRDB

/// What marks a file as an archive, and the steps that bring an older one up to date.
package enum Schema {
    /// `PLPS` in ASCII, in SQLite's `application_id` (bytes 68 to 71 of the file).
    package static let applicationID: Int32 = 0x504C_5053

    /// The version that this program writes and reads, in SQLite's `user_version`.
    package static let version = migrations.count

    /// The n-th script takes an archive from version n − 1 to n. A script that was released is never changed.
    static let migrations = [
        schemaVersion1, schemaVersion2, schemaVersion3, schemaVersion4, schemaVersion5, schemaVersion6,
        schemaVersion7, schemaVersion8, schemaVersion9, schemaVersion10,
    ]

    /// Brings the database to the newest version, each step in one transaction with its version number, so that a
    /// process killed in the middle leaves the old version or the new one.
    ///
    /// Foreign keys are off meanwhile, because a step may rebuild a table that others refer to, and are checked at each
    /// step's end.
    static func migrate(_ database: Database) throws {
        let current = try version(of: database)
        guard current < version, current >= 0 else { return }
        try database.execute(sql: "PRAGMA foreign_keys = OFF")
        for (index, script) in migrations.enumerated().dropFirst(current) {
            try database.inTransaction(.immediate) {
                try database.execute(sql: script)
                try database.checkForeignKeys()
                // A pragma takes no parameters; the number is our own.
                try database.execute(sql: "PRAGMA user_version = \(index + 1)")
                return .commit
            }
        }
        try database.execute(sql: "PRAGMA foreign_keys = ON")
    }

    /// The version that the database's tables are of, whatever its header says; `nil` where they are of none that this program
    /// knows.
    package static func versionByTables(of database: Database) throws -> Int? {
        let found = try outline(of: database)
        let model = try DatabaseQueue()
        defer { try? model.close() }
        return try model.writeWithoutTransaction { model in
            for (index, script) in migrations.enumerated() {
                try model.execute(sql: script)
                if try outline(of: model) == found { return index + 1 }
            }
            return nil
        }
    }

    /// The names of tables, indexes, triggers and views, and of the tables' columns.
    private static func outline(of database: Database) throws -> Set<String> {
        Set(
            try String.fetchAll(
                database,
                sql: """
                    SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite#_%' ESCAPE '#'
                    UNION ALL SELECT part.name || ' of ' || part_of.name FROM sqlite_schema AS part_of
                    CROSS JOIN pragma_table_xinfo(part_of.name) AS part WHERE part_of.type = 'table'
                        AND part_of.name NOT LIKE 'sqlite#_%' ESCAPE '#'
                    """))
    }

    /// The version that the database says it has.
    package static func version(of database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }
}
