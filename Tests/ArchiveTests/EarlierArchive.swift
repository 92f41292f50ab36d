import GRDB
import Storage
import TestSupport

@testable import Archive

/// An archive as a program of before left it.
enum EarlierArchive {
    /// Makes one of what an archive of today has in the columns of an earlier version.
    ///
    /// - Parameters:
    ///   - scripts: the schema's, up to that version.
    ///   - totals: SQL for what later versions count by themselves, with the archive of today as `new`.
    static func make(at path: String, from source: TemporaryFolder, by scripts: [String], totals: String = "")
        async throws
    {
        let old = try DatabaseQueue(path: path)
        try await old.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA page_size = 16384; PRAGMA auto_vacuum = INCREMENTAL;
                    PRAGMA application_id = \(Schema.applicationID)
                    """)
            for script in scripts { try database.execute(sql: script) }
            try database.execute(sql: "PRAGMA user_version = \(scripts.count); PRAGMA foreign_keys = OFF")
            try database.execute(sql: "ATTACH ? AS new", arguments: [source.archive])
            for table in ["archive_info", "camera", "print", "picture_content", "picture", "ledger_run", "frame"] {
                let columns = try String.fetchAll(
                    database, sql: "SELECT name FROM pragma_table_info(?, 'main')", arguments: [table]
                ).joined(separator: ", ")
                try database.execute(
                    sql: "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM new.\(table)")
            }
            try database.execute(
                sql: """
                    UPDATE picture SET reference_count = (SELECT count(*) FROM frame WHERE frame.sha256 = picture.sha256);
                    \(totals)
                    PRAGMA journal_mode = WAL
                    """)
        }
        try old.close()
    }

    /// Makes one of a print's four frames, of which two are of one picture.
    ///
    /// - Parameter version: 7 or later.
    static func ofPrint(version: Int) async throws -> TemporaryFolder {
        let (folder, source) = (try TemporaryFolder(), try TemporaryFolder())
        let archive = try await source.open()
        for (slot, picture) in [1, 2, 1, 3].enumerated() { try await archive.store(picture, slot: slot, print: 7) }
        try await archive.close()
        try await make(
            at: folder.archive, from: source, by: Array(Schema.migrations.prefix(version)),
            totals: """
                UPDATE archive_info SET (shared_bytes, compacted_bytes) =
                    (SELECT shared_bytes, compacted_bytes FROM new.archive_info);
                """)
        return folder
    }
}
