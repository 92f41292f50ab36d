internal import Foundation

/// Which files an open archive lies in: its own, its log and the log's index.
///
/// SQLite goes on with the files that it opened, also where their names are gone or lead to others. What it writes there is lost
/// with the process, and nobody would notice: so they are looked at again before each acknowledgement. Three stat(2) calls
/// are little beside the sync that a commit waits for.
package struct ArchiveFiles: Hashable, Sendable {
    private let path: String
    private let file: FileIdentity?
    private let log: FileIdentity?
    private let index: FileIdentity?

    /// The files that the names lead to now.
    package init(of path: String) {
        self.path = path
        (logPath, indexPath) = (path + "-wal", path + "-shm")
        file = FileIdentity(path: path)
        log = FileIdentity(path: logPath)
        index = FileIdentity(path: indexPath)
    }

    private let logPath: String
    private let indexPath: String

    /// What has become of the names.
    package enum Change: Hashable, Sendable {
        /// The archive's own name leads elsewhere or nowhere.
        case file
        /// The log's or the index's does.
        case log
    }

    /// - Returns: `nil` where all names lead to the files that they led to.
    package var change: Change? {
        guard let file, file == FileIdentity(path: path) else { return .file }
        guard let log, let index, log == FileIdentity(path: logPath), index == FileIdentity(path: indexPath)
        else { return .log }
        return nil
    }
}
