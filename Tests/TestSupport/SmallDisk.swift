internal import Foundation
internal import Glibc

/// A file system of its own that holds very little, where this user may mount one.
package final class SmallDisk: Sendable {
    /// Whether one can be had.
    package static let isPossible = geteuid() == 0 && (try? SmallDisk(kilobytes: 64)) != nil

    private let folder: TemporaryFolder

    package var path: String { folder.url.path }

    package init(kilobytes: Int) throws {
        folder = try TemporaryFolder()
        let size = "size=\(kilobytes)k"
        guard mount("tmpfs", folder.url.path, "tmpfs", 0, size) == 0 else {
            throw CocoaError(.fileWriteNoPermission)
        }
    }

    // MNT_DETACH, whose type depends on which C headers come with it.
    deinit { umount2(path, 2) }

    /// Takes all the room there is.
    package func fill() throws {
        try take(.max)
    }

    /// Takes so much room, or all there is.
    package func take(_ bytes: Int) throws {
        let descriptor = open(path + "/filler", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer { close(descriptor) }
        let zeros = [UInt8](repeating: 0, count: 4096)
        var left = bytes
        while left > 0, write(descriptor, zeros, min(left, zeros.count)) > 0 { left -= zeros.count }
    }

    /// Gives back what was taken.
    package func clear() throws {
        try FileManager.default.removeItem(atPath: path + "/filler")
    }
}
