internal import Foundation
package import Vocabulary

/// Why there is no backup. Nothing is left of one that failed, and what stood in its place is untouched.
package enum BackupError: ExplainedError, Hashable {
    /// The destination is the archive itself.
    case sameFile(path: String)
    /// Something else than an earlier backup of the archive has the name.
    case occupied(path: String, reason: String)
    /// There is less room than the backup takes.
    case noRoom(path: String, needed: ByteCount, free: ByteCount)
    /// A system call failed.
    case failed(path: String, reason: String)
    /// The copy holds what the archive should not: it is damaged.
    case damaged(problems: [String])

    package var label: String {
        switch self {
        case .sameFile: "same_file"
        case .occupied: "occupied"
        case .noRoom: "no_room"
        case .failed: "failed"
        case .damaged: "damaged"
        }
    }

    package var description: String {
        switch self {
        case .sameFile(let path): "\(path) is the archive itself"
        case .occupied(let path, let reason): "\(path) is not replaced: \(reason)"
        case .noRoom(let path, let needed, let free):
            "the backup takes \(needed), and \(free) are free where \(path) is to be"
        case .failed(let path, let reason): "\(path) cannot be written: \(reason)"
        case .damaged(let problems):
            "the archive is damaged, and a copy of it is no backup: \(problems.prefix(3).joined(separator: "; "))"
        }
    }

    package var hint: String {
        switch self {
        case .sameFile: "Name another file or a folder, best on another device."
        case .occupied: "Name another file, or have it replaced."
        case .noRoom: "Make room, or name a place on another device."
        case .failed: "Check the folder, its permissions and its device, then start again."
        case .damaged:
            """
            Run “printlapse verify --repair --from” an earlier backup; frames of which there is no good copy are then known \
            to be damaged, and no longer keep backups from being made.
            """
        }
    }

    /// The error that `errno` stands for.
    init(systemError: Int32, path: String) {
        self = .failed(path: path, reason: String(cString: strerror(systemError)))
    }
}
