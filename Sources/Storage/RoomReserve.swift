package import Archive
internal import Foundation
internal import GRDB
internal import Vocabulary

/// Some room beside the archive that is taken and holds nothing: `PATH-reserve`.
///
/// Making room takes room. Whoever removes frames writes to the log first, and on a full disk that has none to grow into. So a
/// capture takes some while there is any, and it is given up for a removal alone. A capture that pauses for want of room goes on
/// only when it has its reserve again, so that it does not eat up what was given up.
package struct RoomReserve: Sendable {
    package let path: String

    /// A log for some steps of a removal, and its index: 4 MiB.
    static let size: off_t = 4 << 20

    package init(ofArchive archive: String) { path = archive + "-reserve" }

    /// Takes the room, unless it is taken.
    ///
    /// - Throws: ``ArchiveError/diskFull(path:)`` where there is none; other errors where the file cannot be made.
    func keep() throws(ArchiveError) {
        var status = stat()
        // Blocks count 512 bytes, whatever the file system's are.
        if lstat(path, &status) == 0, status.st_size == Self.size, off_t(status.st_blocks) * 512 >= Self.size { return }
        // O_NOFOLLOW: it is written to, and a link would have us write somewhere else.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw ArchiveError(systemError: errno, path: path) }
        defer { close(descriptor) }
        // Where the file system knows no such call the C library writes a byte to each block.
        let failure = posix_fallocate(descriptor, 0, Self.size)
        guard failure == 0 else {
            unlink(path)
            throw ArchiveError(systemError: failure, path: path)
        }
    }

    /// Gives the room back.
    ///
    /// - Returns: whether there was any.
    package func giveUp() -> Bool { unlink(path) == 0 }
}

extension FrameArchive {
    package var reserve: RoomReserve { RoomReserve(ofArchive: path) }

    /// Takes the room that a removal may need one day, unless it is taken.
    ///
    /// - Throws: ``ArchiveError/diskFull(path:)`` where there is none.
    package func keepReserve() throws(ArchiveError) { try reserve.keep() }

    /// The same where it is no reason to fail: it is taken later, when there is room.
    package func keepReserveIfPossible() {
        do throws(ArchiveError) { try reserve.keep() } catch {}
    }
}
