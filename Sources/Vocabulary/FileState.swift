internal import Glibc

/// What changes when a file is written, replaced, or opened to other readers.
package struct FileState: Hashable, Sendable {
    /// Of what a link leads to: where secrets are mounted, only the link changes.
    private let device: dev_t
    private let inode: ino_t
    private let size: off_t
    /// Seconds and nanoseconds since 1970: of the last writing, and of the last change of any kind.
    private let times: [Int]

    package init?(of path: String) {
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

    package var changedAt: Timestamp { Timestamp(milliseconds: Int64(times[2]) * 1000 + Int64(times[3]) / 1_000_000) }
}
