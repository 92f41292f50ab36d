package import Vocabulary

/// A backup that was made: verified, on disk, under its name.
package struct BackupReport: Hashable, Sendable {
    package enum Method: String, Sendable {
        /// The file system lets both files share their blocks: only what changes later takes room.
        case clone
        /// SQLite's backup interface.
        case copy
    }

    /// The archive's file, links resolved.
    package let archive: String
    /// The backup's.
    package let path: String
    package let method: Method
    /// The backup's size.
    package let bytes: ByteCount
    package let frames: Int
    /// Pictures that were hashed again and found to be what was stored.
    package let pictures: Int
    /// Pictures that lie in packs, in the backup as in the archive: their bytes were not copied.
    package let offloaded: Int
    /// Frames that were known to be damaged before.
    package let quarantined: Int
    /// Whether an earlier backup was replaced.
    package let replaced: Bool
    /// Whether the file system says that it would survive a loss of power; some cannot say so.
    package let isDurable: Bool

    /// What the owner does to have the archive back as it is in the backup.
    package var restoring: String {
        """
        To restore: stop captures, remove \(archive)-wal and \(archive)-shm if they are there, and copy the file back:
          cp '\(path)' '\(archive)'
        """
    }
}

/// How far a backup has come.
package enum BackupProgress: Hashable, Sendable {
    /// Pages of the file.
    case copying(done: Int, of: Int)
    /// Pictures of the copy.
    case verifying(done: Int, of: Int)
}

extension BackupReport: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("archive", \.archive),
        Field("path", \.path),
        Field("method", \.method),
        Field("bytes", \.bytes),
        Field("frames", \.frames),
        Field("pictures", \.pictures),
        Field("offloaded", \.offloaded),
        Field("quarantined", \.quarantined),
        Field("replaced", \.replaced),
        Field("durable", \.isDurable),
    ]
}

extension BackupReport.Method: FieldConvertible {}
