package import GRDB

/// Brings an archive of an older version of the program up to date.
package enum ArchiveUpgrade {
    /// Opens the archive for this alone, and lets go of it again.
    ///
    /// - Throws: ``ArchiveError/inUse(path:holder:)`` where another process writes to it.
    package static func run(at path: String) throws(ArchiveError) {
        let path = ArchiveFile.resolved(path)
        let fileLock = try FileLock(archive: path, role: .edit)
        let presence = ArchivePresence(path: path)
        try ArchiveError.wrapping(path) {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.label = "upgrade"
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                // A writer has a log beside the archive: others tell by it that both go by one name. It is there, with its
                // index, as soon as something was read.
                _ = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
                try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY")
                _ = try Schema.version(of: database)
                let files = ArchiveFiles(of: path)
                try run(on: database, at: path, .edit, .current(program: "printlapse"))
                guard files.change == nil else { throw ArchiveError.logRemoved(path: path, isSaved: false) }
            }
            try queue.close()
        }
        withExtendedLifetime(presence) {}
        _ = consume fileLock
    }

    /// Changes the schema under the lock of a capture: one that runs, of an older program, would not know it.
    ///
    /// - Parameter role: whose locks are held already.
    package static func run(
        on database: Database, at path: String, _ role: ArchiveRole, _ holder: LockHolder
    ) throws {
        guard try Schema.version(of: database) < Schema.version else { return }
        guard role != .capture else { return try Schema.migrate(database) }
        let lock = try WriterLock(archive: path, role: .capture, holder: holder)
        let fileLock = try FileLock(archive: path, role: .capture)
        try Schema.migrate(database)
        _ = consume fileLock
        _ = consume lock
    }
}
