import Archive
import Care
import Glibc
import Vocabulary

/// The room that an archive takes, and the room there is, at one instant.
struct RoomReading: Hashable, Sendable {
    /// What is free in its file system for this user.
    var free: ByteCount
    /// Of the archive's file.
    var file: ByteCount
    /// Of its log.
    var log: ByteCount
    /// How many names the file has: more than one where somebody made a hard link.
    var names = 1

    /// What the archive takes as a whole.
    var used: ByteCount { file + log }
}

extension RoomReading {
    /// Asks the file system; `nil` where it does not answer.
    init?(archive path: String) {
        var status = stat()
        guard let free = ByteCount.free(besides: path), stat(path, &status) == 0 else { return nil }
        self.init(
            free: free, file: ByteCount(status.st_size),
            log: Self.size(of: path + "-wal") ?? .zero, names: Int(status.st_nlink))
    }

    private static func size(of path: String) -> ByteCount? {
        var status = stat()
        return stat(path, &status) == 0 ? ByteCount(status.st_size) : nil
    }
}

extension RoomRules {
    /// Whether captures may soon have to pause.
    func isNear(_ reading: RoomReading) -> Bool {
        if reading.free.bytes < minimumFree.bytes + minimumFree.bytes / 5 { return true }
        guard let maximumSize else { return false }
        return reading.used.bytes > maximumSize.bytes - maximumSize.bytes / 10
    }
}

extension RetentionPolicy {
    /// Whether frames have to go for want of room, as far as the file system tells.
    func isExceeded(by reading: RoomReading) -> Bool {
        maximumSize.map { reading.file > $0 } ?? false || minimumFree.map { reading.free < $0 } ?? false
    }
}
