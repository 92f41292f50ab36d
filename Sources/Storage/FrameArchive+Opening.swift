package import Archive
internal import Foundation
internal import GRDB
internal import Synchronization
internal import Vocabulary

extension FrameArchive {
    /// Opens the archive for writing; makes it, and its folder, where there is none (unless to edit it).
    ///
    /// What a killed process left in the write-ahead log is recovered here, and an older schema is brought up to
    /// date. A file that is no archive, an empty one included, is refused untouched.
    ///
    /// - Parameters:
    ///   - path: the archive's file. `PATH-lock` or what the role has, `PATH-reserve`, `PATH-wal` and `PATH-shm` stand beside it.
    ///   - application: the program and its version, for others to see who writes.
    ///   - role: what for; whoever has the same role, unless to edit, keeps others out.
    /// - Throws: ``ArchiveError/inUse(path:holder:)`` where another process writes to it in the same role, or in any by another
    ///   name (a bind mount); ``ArchiveError/severalNames(path:count:)`` where the file has hard links.
    package static func open(
        at path: String, application: String = "printlapse", role: ArchiveRole = .capture
    ) async throws(ArchiveError) -> FrameArchive {
        try await open(at: path, application: application, role: role, checkpoints: CheckpointSchedule())
    }

    static func open(
        at path: String, application: String, role: ArchiveRole = .capture, checkpoints: CheckpointSchedule
    ) async throws(ArchiveError) -> FrameArchive {
        if role == .edit || role == .timelapses { try ArchiveFile.requireArchive(at: path) }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .readOnly(path: path, reason: "its folder \(folder) cannot be made")
        }
        let path = ArchiveFile.resolved(path)
        let isThere = try ArchiveFile.isThere(path)
        if isThere { try ArchiveFile.requireArchive(at: path) }

        let holder = LockHolder.current(program: application)
        let lock = try WriterLock(archive: path, role: role, holder: holder)
        if role == .capture {
            try makeIfAbsent(at: path, program: application)
        } else if !isThere {
            let making = try WriterLock(archive: path, role: .capture, holder: holder)
            try makeIfAbsent(at: path, program: application)
            _ = consume making
        }
        try ArchiveFile.requireArchive(at: path)
        let fileLock = try FileLock(archive: path, role: role)

        let (pool, log, files) = try connecting(to: path) { try connect(to: path, checkpoints, role, holder) }
        let archive = FrameArchive(
            path: path, role: role, pool: pool, log: log, files: files, lock: lock, fileLock: fileLock)
        if role == .capture { archive.keepReserveIfPossible() }
        return archive
    }

    /// To be called with the lock of a capture held: another process may just have made it.
    private static func makeIfAbsent(at path: String, program: String) throws(ArchiveError) {
        try ArchiveFile.removeUnfinished(at: path)
        if FileIdentity(path: path) == nil { try ArchiveFile.create(at: path, program: program) }
    }

    /// Lets waiting changes be committed, empties the write-ahead log where nobody needs it, and gives the lock back.
    package func close() async throws(ArchiveError) {
        guard await changes.close() else { throw .closed }
        defer {
            fileLock.withLock { $0 = nil }
            lock.withLock { $0 = nil }
        }
        try ArchiveError.wrapping(path) {
            try pool.writeWithoutTransaction { try log.close($0, waiting: role == .capture) }
            try pool.close()
        }
    }

    /// Where there is no room for the log's index, SQLite says no more than that something could not be written; the file system
    /// says why.
    private static func connecting<Value>(to path: String, _ body: () throws -> Value) throws(ArchiveError) -> Value {
        do throws(ArchiveError) {
            return try ArchiveError.wrapping(path, body)
        } catch .io(let path, let reason) {
            guard let free = ByteCount.free(besides: path), free < indexAndPages else {
                throw .io(path: path, reason: reason)
            }
            throw .diskFull(path: path)
        }
    }

    /// What opening writes: an index of 32 KiB, and a few pages.
    private static var indexAndPages: ByteCount { ByteCount(256 << 10) }

    private static func connect(
        to path: String, _ checkpoints: CheckpointSchedule, _ role: ArchiveRole, _ holder: LockHolder
    ) throws -> (DatabasePool, WriteAheadLog, ArchiveFiles) {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        // SQLite's own waiting sleeps for up to 100 ms at a time, and a transaction of a caretaker takes a few.
        configuration.busyMode = .callback { attempts in
            usleep(1000)
            return attempts < 5000
        }
        configuration.maximumReaderCount = 2
        configuration.label = "archive"
        configuration.prepareDatabase { database in
            // Debian's SQLite overwrites what it deletes: three times the cost, for pictures that hide nothing.
            try database.execute(sql: "PRAGMA secure_delete = OFF")
        }
        let log = try WriteAheadLog(path: path, configuration: configuration, schedule: checkpoints)
        // Log and index are there as soon as the first connection is, and for as long as there is one.
        let files = ArchiveFiles(of: path)
        let pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { database in
            let version = try Schema.version(of: database)
            guard version <= Schema.version else { throw ArchiveError.tooNew(path: path, version: version) }
            // A pool in WAL mode sets NORMAL once it is open. That loses acknowledged commits with the power.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // A statement with triggers keeps the pages it changes for undoing it; past 64 KiB in a file made
            // for each.
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            try database.execute(sql: "PRAGMA journal_size_limit = \(64 << 20)")
            log.watch(database)
            try ArchiveUpgrade.run(on: database, at: path, role, holder)
            try requireDurability(of: database, path: path)
        }
        guard files.change == nil else { throw ArchiveError.logRemoved(path: path, isSaved: false) }
        return (pool, log, files)
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
