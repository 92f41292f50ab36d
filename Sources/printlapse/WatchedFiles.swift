import Glibc
import Vocabulary

/// Files that were read, and by which it shows whether they have to be read again.
struct WatchedFiles {
    private enum State: Hashable {
        case absent
        case present(FileState)
        /// It was written while it was read, or so shortly before that the same instant stands on what came after.
        case unsure
    }

    private var states: [String: State] = [:]

    /// File systems note times by the kernel's tick.
    private static let tick = Duration.milliseconds(10)

    /// - Parameters:
    ///   - paths: each need not be there.
    ///   - begun: when the first of them was read. They have all been read since then.
    init(_ paths: Set<String>, readFrom begun: Timestamp) {
        for path in paths {
            guard let state = FileState(of: path) else {
                states[path] = .absent
                continue
            }
            states[path] = state.changedAt < begun - Self.tick ? .present(state) : .unsure
        }
    }

    /// Whether one of them has come or changed since they were read, or since the last time that this was asked.
    ///
    /// One that is gone is no news: it is being replaced, or what was read of it holds until something else is there.
    mutating func haveNews() -> Bool {
        var haveNews = false
        for (path, known) in states {
            let state = FileState(of: path).map(State.present) ?? .absent
            guard state != known else { continue }
            states[path] = state
            if state != .absent { haveNews = true }
        }
        return haveNews
    }
}

/// What changes when a file is written, replaced, or opened to other readers.
private struct FileState: Hashable {
    /// Of what a link leads to: where secrets are mounted, only the link changes.
    private let device: dev_t
    private let inode: ino_t
    private let size: off_t
    /// Seconds and nanoseconds since 1970: of the last writing, and of the last change of any kind.
    private let times: [Int]

    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        (device, inode, size) = (status.st_dev, status.st_ino, status.st_size)
        times = Self.parts(of: status.st_mtim) + Self.parts(of: status.st_ctim)
    }

    /// Seconds and nanoseconds. By name the compiler finds them in one build and in another not, as it has them from several modules
    /// (`SwiftOverlayShims`).
    private static func parts<Time>(of time: Time) -> [Int] {
        withUnsafeBytes(of: time) { Array($0.assumingMemoryBound(to: Int.self)) }
    }

    var changedAt: Timestamp { Timestamp(milliseconds: Int64(times[2]) * 1000 + Int64(times[3]) / 1_000_000) }
}
