internal import CFileSystem
internal import Foundation
internal import GRDB
internal import Vocabulary

/// The archive's file: what it must look like before SQLite may touch it, and how it comes into being.
package enum ArchiveFile {
    /// Looks at the file's first 100 bytes (https://www.sqlite.org/fileformat2.html#the_database_header) and nothing
    /// else, so that a file which is no archive is left exactly as it was: SQLite would roll back a foreign journal,
    /// or turn an empty file into a database.
    package static func requireArchive(at path: String) throws(ArchiveError) {
        try ArchivePresence.withDescriptor(of: path) { descriptor throws(ArchiveError) in
            try requireArchive(descriptor, path)
        }
    }

    private static func requireArchive(_ descriptor: Int32, _ path: String) throws(ArchiveError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw ArchiveError(systemError: errno, path: path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .notAnArchive(path: path, reason: "it is not a plain file")
        }
        guard status.st_size > 0 else { throw .notAnArchive(path: path, reason: "it is empty") }
        var header = [UInt8](repeating: 0, count: 100)
        guard pread(descriptor, &header, header.count, 0) == header.count,
            header.starts(with: Array("SQLite format 3\0".utf8))
        else { throw .notAnArchive(path: path, reason: "it is not a SQLite database") }
        guard Int32(bigEndian: header, at: 68) == Schema.applicationID else {
            throw .notAnArchive(path: path, reason: "it is another program's SQLite database")
        }
        let version = Int(Int32(bigEndian: header, at: 60))
        // An archive has a version as soon as it has its name.
        guard version > 0 else {
            throw .damaged(path: path, what: "its header says version \(version) of the schema, and there is none")
        }
        guard version <= Schema.version else { throw .tooNew(path: path, version: version) }
    }

    /// Whoever opens the archive by a second name (a hard link) has a log of their own, and overwrites what others keep.
    ///
    /// - Throws: ``ArchiveError/severalNames(path:count:)``
    static func requireOneName(at path: String) throws(ArchiveError) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_nlink > 1 else { return }
        // One that is just being made, or was when its maker was killed, has the name of the unfinished one for a moment.
        if FileIdentity(path: unfinished(path)) == FileIdentity(path: path) { status.st_nlink -= 1 }
        guard status.st_nlink > 1, stat(path, &status) == 0, status.st_nlink > 1 else { return }
        throw .severalNames(path: path, count: Int(status.st_nlink))
    }

    /// Why nobody can begin to write to the archive at the path, where it has several names.
    package static func severalNames(at path: String) -> ArchiveError? {
        do throws(ArchiveError) {
            try requireOneName(at: resolved(path))
            return nil
        } catch {
            return error
        }
    }

    /// - Throws: ``ArchiveError/inUse(path:holder:)`` where somebody writes to the archive by another name.
    package static func requireSharedLog(at path: String) throws(ArchiveError) {
        try FileLock.requireSharedLog(ofArchive: path)
    }

    /// Whether there is a file at the path.
    ///
    /// - Throws: where there may be one, and nobody can tell: a link that leads nowhere or in a circle, a folder that may not
    ///   be looked into.
    package static func isThere(_ path: String) throws(ArchiveError) -> Bool {
        var status = stat()
        if stat(path, &status) == 0 { return true }
        guard errno == ENOENT else { throw ArchiveError(systemError: errno, path: path) }
        guard lstat(path, &status) != 0 else {
            throw .notAnArchive(path: path, reason: "it is a link that leads nowhere")
        }
        return false
    }

    /// Makes a new archive under a name of its own beside the path, and gives it its name when it is whole and on
    /// disk, so that a process killed in the middle leaves no archive rather than half a one. Call it with the
    /// writer's lock held.
    package static func create(at path: String, program: String) throws(ArchiveError) {
        let unfinished = unfinished(path)
        // SQLite gives its log and index the permissions of the file: pictures from somebody's home are for them alone.
        let descriptor = open(unfinished, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw ArchiveError(systemError: errno, path: unfinished) }
        defer { close(descriptor) }
        try ArchiveError.wrapping(path) {
            let database = try DatabaseQueue(path: unfinished)
            try database.writeWithoutTransaction { try layOut($0, program: program) }
            try database.close()
        }
        guard fsync(descriptor) == 0 else { throw ArchiveError(systemError: errno, path: unfinished) }
        // `link` and not `rename`: a file that turned up in the meantime is not ours to replace.
        guard link(unfinished, path) == 0, unlink(unfinished) == 0 else {
            throw ArchiveError(systemError: errno, path: path)
        }
        try syncFolder(of: path)
    }

    /// Removes what a process that was killed while making an archive left behind. Call it with the writer's lock held.
    package static func removeUnfinished(at path: String) throws(ArchiveError) {
        for leftover in ["", "-journal", "-wal", "-shm"].map({ unfinished(path) + $0 }) {
            guard unlink(leftover) == 0 || errno == ENOENT else {
                throw ArchiveError(systemError: errno, path: leftover)
            }
        }
    }

    private static func unfinished(_ path: String) -> String { path + "-new" }

    private static func layOut(_ database: Database, program: String) throws {
        // Page size and vacuum mode are fixed by the first write, in this order. A page is the least that the log and the file
        // take, and storing a frame touches a dozen beside its picture's own. A lone camera's frames of 39 kB wrote 3.4 times
        // their bytes to the card by pages of 4 KiB, 2.8 times by pages of 2 KiB and 2.6 times by pages of 1 KiB, by which
        // pictures are read in nearly twice the time.
        try database.execute(sql: "PRAGMA page_size = 2048")
        try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
        // Nobody knows of the file until it has its name, and it is synced as a whole before that: nothing is to be rolled back
        // after a crash, and a dozen syncs of a journal are saved.
        try database.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
        try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID)")
        try Schema.migrate(database)
        try database.execute(
            sql: "INSERT INTO archive_info (id, created_at, created_by, last_removed_frame) VALUES (1, ?, ?, 0)",
            arguments: [Timestamp.wallClock.milliseconds, program])
        try database.execute(sql: "PRAGMA journal_mode = WAL")
    }

    private static func syncFolder(of path: String) throws(ArchiveError) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ArchiveError(systemError: errno, path: folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || file_system_lacks(errno) != 0 else {
            throw ArchiveError(systemError: errno, path: folder)
        }
    }

    /// The path with links resolved, as SQLite resolves them for its log: one archive has one lock, whatever name it
    /// is opened by.
    package static func resolved(_ path: String) -> String {
        let url = URL(fileURLWithPath: path)
        guard let real = realpath(path, nil) ?? realpath(url.deletingLastPathComponent().path, nil) else {
            return url.path
        }
        defer { free(real) }
        let text = String(cString: real)
        var status = stat()
        return stat(path, &status) == 0 ? text : text + "/" + url.lastPathComponent
    }
}

extension Int32 {
    fileprivate init(bigEndian bytes: [UInt8], at offset: Int) {
        self = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int32($1) }
    }
}
