internal import Foundation
internal import GRDB
internal import Synchronization

extension FrameArchive {
    /// Opens the archive for writing; makes it, and its folder, where there is none.
    ///
    /// What a killed process left in the write-ahead log is recovered here, and an older schema is brought up to
    /// date. A file that is no archive, an empty one included, is refused untouched.
    ///
    /// - Parameters:
    ///   - path: the archive's file. `PATH-lock`, `PATH-wal` and `PATH-shm` stand beside it.
    ///   - application: the program and its version, for others to see who writes.
    /// - Throws: ``ArchiveError/inUse(path:holder:)`` where another process writes to it.
    public static func open(
        at path: String, application: String = "printlapse"
    ) async throws(ArchiveError) -> FrameArchive {
        try await open(at: path, application: application, checkpoints: CheckpointSchedule())
    }

    static func open(
        at path: String, application: String, checkpoints: CheckpointSchedule
    ) async throws(ArchiveError) -> FrameArchive {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .readOnly(path: path, reason: "its folder \(folder) cannot be made")
        }
        let path = ArchiveFile.resolved(path)
        let isThere = FileIdentity(path: path) != nil
        if isThere { try ArchiveFile.requireArchive(at: path) }

        let lock = try WriterLock(archive: path, holder: .current(program: application))
        try ArchiveFile.removeUnfinished(at: path)
        // Looked at again under the lock: another process may just have made it.
        if FileIdentity(path: path) == nil { try ArchiveFile.create(at: path, program: application) }
        try ArchiveFile.requireArchive(at: path)

        let (pool, log) = try ArchiveError.wrapping(path) { try connect(to: path, checkpoints) }
        return FrameArchive(path: path, pool: pool, log: log, lock: lock)
    }

    /// Brings an archive of an older version of the program up to date.
    ///
    /// - Throws: ``ArchiveError/inUse(path:holder:)`` where another process writes to it.
    package static func bringUpToDate(at path: String) throws(ArchiveError) {
        let path = ArchiveFile.resolved(path)
        let lock = try WriterLock(archive: path, holder: .current(program: "printlapse"))
        try ArchiveError.wrapping(path) {
            let (pool, log) = try connect(to: path, CheckpointSchedule())
            try pool.writeWithoutTransaction { try log.close($0) }
            try pool.close()
        }
        _ = consume lock
    }

    /// Lets waiting changes be committed, empties the write-ahead log where no reader needs it, and gives the lock
    /// back.
    public func close() async throws(ArchiveError) {
        guard await changes.close() else { throw .closed }
        defer { lock.withLock { $0 = nil } }
        try ArchiveError.wrapping(path) {
            try pool.writeWithoutTransaction { try log.close($0) }
            try pool.close()
        }
    }

    private static func connect(
        to path: String, _ checkpoints: CheckpointSchedule
    ) throws -> (DatabasePool, WriteAheadLog) {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 2
        configuration.label = "archive"
        configuration.prepareDatabase { database in
            // Debian's SQLite overwrites what it deletes: three times the cost, for pictures that hide nothing.
            try database.execute(sql: "PRAGMA secure_delete = OFF")
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        let log = try WriteAheadLog(path: path, configuration: configuration, schedule: checkpoints)
        try pool.writeWithoutTransaction { database in
            let version = try Schema.version(of: database)
            guard version <= Schema.version else { throw ArchiveError.tooNew(path: path, version: version) }
            // A pool in WAL mode sets NORMAL once it is open. That loses acknowledged commits with the power.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // A statement with triggers keeps the pages it changes for undoing it; past 64 KiB, four pages, in a file
            // made for each.
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            try database.execute(sql: "PRAGMA journal_size_limit = \(64 << 20)")
            log.watch(database)
            try Schema.migrate(database)
            try requireDurability(of: database, path: path)
        }
        return (pool, log)
    }

    /// What the promise of an acknowledged frame rests on, read back from the connection that writes.
    private static func requireDurability(of database: Database, path: String) throws {
        let synchronous = try Int.fetchOne(database, sql: "PRAGMA synchronous")
        let journal = try String.fetchOne(database, sql: "PRAGMA journal_mode")
        let foreignKeys = try Bool.fetchOne(database, sql: "PRAGMA foreign_keys")
        guard synchronous == 2, journal == "wal", foreignKeys == true else {
            throw ArchiveError.io(path: path, reason: "SQLite refuses the durable settings")
        }
    }
}
