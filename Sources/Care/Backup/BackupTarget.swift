internal import Archive
internal import Foundation
internal import GRDB
internal import Vocabulary

/// Where a backup goes, and whether it may.
struct BackupTarget: Sendable {
    let path: String
    /// Whether what stands there may be replaced whatever it is.
    let force: Bool

    var folder: String { URL(fileURLWithPath: path).deletingLastPathComponent().path }

    /// - Parameter destination: a file's path, or a folder's, in which the backup gets the archive's name with its time.
    init(_ destination: String, of archive: String, at now: Timestamp, force: Bool) {
        var status = stat()
        let isFolder =
            destination.hasSuffix("/") || stat(destination, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        guard isFolder else {
            (path, self.force) = (ArchiveFile.resolved(destination), force)
            return
        }
        let name = URL(fileURLWithPath: archive)
        let ending = name.pathExtension.isEmpty ? "" : "." + name.pathExtension
        let time = now.description.prefix(19).replacing(":", with: "-") + "Z"
        let file = "\(name.deletingPathExtension().lastPathComponent)-\(time)\(ending)"
        path = ArchiveFile.resolved(URL(fileURLWithPath: destination).appendingPathComponent(file).path)
        self.force = force
    }

    /// Whether something stands there.
    var isOccupied: Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// - Parameter source: the archive, as it is in the backup.
    func requireReplaceable(by source: ArchiveSummary, archive: String) throws(BackupError) {
        let companions = ["", "-wal", "-shm", "-lock", "-care", "-timelapses", "-packs", "-pack", "-sharing"]
        guard !companions.contains(where: { archive + $0 == path }),
            FileIdentity(path: path) == nil || FileIdentity(path: path) != FileIdentity(path: archive)
        else { throw .sameFile(path: path) }
        guard isOccupied else { return }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .occupied(path: path, reason: "it is not a plain file")
        }
        // A log beside it would be taken for the backup's own: it is of an archive that somebody works with.
        var log = stat()
        if stat(path + "-wal", &log) == 0, log.st_size > 0 {
            throw .occupied(path: path, reason: "it is in use, as \(path)-wal says")
        }
        guard !force else { return }
        let there: ArchiveSummary
        do {
            try ArchiveFile.requireArchive(at: path)
            there = try ArchiveSummary(path: path)
        } catch {
            throw .occupied(path: path, reason: "it is no backup of the archive")
        }
        guard there.origin == source.origin else {
            throw .occupied(path: path, reason: "it is a backup of another archive")
        }
        guard there.newestFrame <= source.newestFrame else {
            throw .occupied(path: path, reason: "it has newer frames than the archive")
        }
    }

    /// - Parameter needed: the backup's size in bytes.
    func requireRoom(for needed: Int64) throws(BackupError) {
        guard let free = ByteCount.free(besides: folder) else { throw BackupError(systemError: errno, path: path) }
        guard free.bytes >= needed else { throw .noRoom(path: path, needed: ByteCount(needed), free: free) }
    }
}

/// What tells archives apart, and which of two states of one is the later.
struct ArchiveSummary: Sendable {
    /// When and by which program it was made.
    let origin: String
    /// The highest number that a frame was ever given.
    let newestFrame: Int64

    init(in database: Database) throws {
        origin = try String.fetchOne(database, sql: "SELECT created_at || ' ' || created_by FROM archive_info") ?? ""
        newestFrame =
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT max((SELECT coalesce(max(id), 0) FROM frame), (SELECT last_removed_frame FROM archive_info))
                    """) ?? 0
    }

    /// Of an archive that nobody has open.
    init(path: String) throws {
        let database = try RestingArchive.queue(path)
        self = try database.read { try ArchiveSummary(in: $0) }
        try database.close()
    }
}
