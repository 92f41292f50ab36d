internal import Foundation
internal import Vocabulary

extension Catalog {
    /// Who captures into the archive now, or writes to it otherwise; `nil` where nobody does.
    public func writer() -> LockHolder? { .current(ofArchive: path) }

    /// - Throws: `ArchiveError.io(path:reason:)` where the file or its file system cannot be asked.
    public func room() throws(ArchiveError) -> ArchiveRoom {
        var used: Int64 = 0
        for file in [path, path + "-wal"] {
            var status = stat()
            guard stat(file, &status) == 0 else {
                if errno == ENOENT, file != path { continue }
                throw .io(path: path, reason: String(cString: strerror(errno)))
            }
            used += Int64(status.st_size)
        }
        guard let free = ByteCount.free(besides: path) else {
            throw .io(path: path, reason: String(cString: strerror(errno)))
        }
        return ArchiveRoom(used: ByteCount(used), free: free)
    }
}
