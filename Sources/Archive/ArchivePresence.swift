internal import Foundation
internal import Synchronization

/// Says that SQLite has an archive's file open in this process, for as long as the object lives.
///
/// Closing any descriptor of a file drops all locks that the process has on it (fcntl(2), “Advisory record locking”):
/// SQLite's would go without its knowing, and another process, thinking itself the last one, would remove a log that we go on
/// writing to. So whoever looks at an archive's file by itself does it through ``withDescriptor(of:_:)``, which closes
/// nothing before SQLite has. (SQLite waits likewise with descriptors of its own.)
package final class ArchivePresence: Sendable {
    private struct Entry {
        var count = 0
        /// Kept open, and used again.
        var descriptor: Int32?
        /// For writing, each with no lock on it: kept open for the next one who wants to lock the file.
        var idle: [Int32] = []
    }

    private static let entries = Mutex<[FileIdentity: Entry]>([:])

    private let identity: FileIdentity?

    /// To be made before SQLite opens the file, and let go of after it has closed it.
    package init(path: String) {
        identity = FileIdentity(path: path)
        guard let identity else { return }
        Self.entries.withLock { $0[identity, default: Entry()].count += 1 }
    }

    deinit {
        guard let identity else { return }
        Self.entries.withLock { entries in
            entries[identity]?.count -= 1
            guard let entry = entries[identity], entry.count == 0 else { return }
            for descriptor in entry.idle + [entry.descriptor].compactMap(\.self) { close(descriptor) }
            entries[identity] = nil
        }
    }

    /// Opens the file for reading while `body` runs.
    package static func withDescriptor<Value>(
        of path: String, _ body: (Int32) throws(ArchiveError) -> Value
    ) throws(ArchiveError) -> Value {
        // Whoever makes a presence waits until the file is closed again.
        let result = entries.withLock { entries -> Result<Value, ArchiveError> in
            let identity = FileIdentity(path: path)
            let entry = identity.flatMap { entries[$0] }
            let descriptor = entry?.descriptor ?? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { return .failure(ArchiveError(systemError: errno, path: path)) }
            defer {
                if let identity, entry != nil { entries[identity]?.descriptor = descriptor } else { close(descriptor) }
            }
            do throws(ArchiveError) { return .success(try body(descriptor)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// A descriptor for whoever locks the file by it; nobody else has it until it is given back.
    static func borrowDescriptor(
        of path: String
    ) throws(ArchiveError) -> (descriptor: Int32, identity: FileIdentity) {
        let result = entries.withLock { entries -> Result<(Int32, FileIdentity), ArchiveError> in
            if let identity = FileIdentity(path: path), let descriptor = entries[identity]?.idle.popLast() {
                return .success((descriptor, identity))
            }
            let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0, let identity = FileIdentity(descriptor: descriptor) else {
                return .failure(ArchiveError(systemError: errno, path: path))
            }
            return .success((descriptor, identity))
        }
        let (descriptor, identity) = try result.get()
        return (descriptor, identity)
    }

    /// Takes the locks off a descriptor, and closes it where nothing of SQLite's goes with it.
    static func giveBack(_ descriptor: Int32, of identity: FileIdentity) {
        entries.withLock { entries in
            FileLock.unlock(descriptor)
            if entries[identity] != nil { entries[identity]?.idle.append(descriptor) } else { close(descriptor) }
        }
    }
}
