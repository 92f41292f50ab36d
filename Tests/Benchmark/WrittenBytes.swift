import Foundation

/// How much this process has given the kernel to write to disks, by `write_bytes` of `/proc/self/io` (proc(5)): each page of a
/// file's that it made dirty, counted again where it was written back in between.
///
/// What a file system writes besides, for its own journal, is not in it.
struct WrittenBytes {
    let count: Int

    init() throws {
        let lines = try String(contentsOfFile: "/proc/self/io", encoding: .utf8).split(separator: "\n")
        let count = lines.first { $0.hasPrefix("write_bytes:") }?.split(separator: " ").last.flatMap { Int($0) }
        guard let count else { throw Failure.untold }
        self.count = count
    }

    /// What a piece of work gave to be written.
    static func during(_ body: () async throws -> Void) async throws -> Int {
        let before = try WrittenBytes()
        try await body()
        return try WrittenBytes().count - before.count
    }

    private enum Failure: Error { case untold }
}
