public import Vocabulary

/// A backup that was made: verified, on disk, under its name.
public struct BackupReport: Hashable, Sendable {
    public enum Method: String, Sendable {
        /// The file system lets both files share their blocks: only what changes later takes room.
        case clone
        /// SQLite's backup interface.
        case copy
    }

    /// The archive's file, links resolved.
    public let archive: String
    /// The backup's.
    public let path: String
    public let method: Method
    /// The backup's size.
    public let bytes: ByteCount
    public let frames: Int
    /// Pictures that were hashed again and found to be what was stored.
    public let pictures: Int
    /// Frames that were known to be damaged before.
    public let quarantined: Int
    /// Whether an earlier backup was replaced.
    public let replaced: Bool
    /// Whether the file system says that it would survive a loss of power; some cannot say so.
    public let isDurable: Bool

    /// What the owner does to have the archive back as it is in the backup.
    public var restoring: String {
        """
        To restore: stop captures, remove \(archive)-wal and \(archive)-shm if they are there, and copy the file back:
          cp '\(path)' '\(archive)'
        """
    }
}

/// How far a backup has come.
public enum BackupProgress: Hashable, Sendable {
    /// Pages of the file.
    case copying(done: Int, of: Int)
    /// Pictures of the copy.
    case verifying(done: Int, of: Int)
}

extension BackupReport: Encodable {
    private enum Key: String, CodingKey {
        case archive, path, method, bytes, frames, pictures, quarantined, replaced
        case isDurable = "durable"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(archive, forKey: .archive)
        try container.encode(path, forKey: .path)
        try container.encode(method.rawValue, forKey: .method)
        try container.encode(bytes.bytes, forKey: .bytes)
        try container.encode(frames, forKey: .frames)
        try container.encode(pictures, forKey: .pictures)
        try container.encode(quarantined, forKey: .quarantined)
        try container.encode(replaced, forKey: .replaced)
        try container.encode(isDurable, forKey: .isDurable)
    }
}
