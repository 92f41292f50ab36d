import Care
import Catalog
import Foundation
import Testing
import Vocabulary

/// The n-th write, sync or truncation fails, for every n, by `strace`.
@Suite(.timeLimit(.minutes(15))) struct `A writer whose system call fails` {
    private static let frames = 3

    /// `ftruncate` also empties the lock file, which is no more than a courtesy; everything else has to be noticed.
    @Test(arguments: [
        ("pwrite64", "EIO", 1), ("pwrite64", "ENOSPC", 4), ("fdatasync", "EIO", 1), ("fdatasync", "ENOSPC", 1),
        ("fsync", "EIO", 1), ("ftruncate", "EIO", 1),
    ])
    func `acknowledges only what is there when it is opened again, and says why it ends`(
        call: String, error: String, step: Int
    ) async throws {
        let calls = try await Self.calls(of: call)
        #expect(calls > 0)
        var (failures, acknowledgements) = (0, 0)
        for number in stride(from: 1, through: calls, by: step) {
            try await ProgramBench.with { bench in
                let writer = try Program(
                    [bench.archive, "\(Self.frames)"], of: "ArchiveWriter",
                    tracedBy: Self.tracer(call, "inject=\(call):error=\(error):when=\(number)", to: "/dev/null"),
                    in: bench.folder)
                let result = try await writer.result()
                let acknowledged = result.output.split(separator: "\n").count
                acknowledgements += acknowledged
                if result.status != 0 {
                    failures += 1
                    #expect(result.status == 1)
                    #expect(result.messages.contains(bench.folder.lastPathComponent), "\(result.messages)")
                }
                #expect(result.status != 0 || acknowledged == Self.frames)
                // What a beginning left half goes away, and everything goes on.
                let next = try await Program([bench.archive, "1"], of: "ArchiveWriter", in: bench.folder).result()
                #expect(next.status == 0, "\(call) \(number): \(next.messages)")
                try await Self.expect(result.output + next.output, in: bench.archive)
            }
        }
        #expect(failures > 0)
        // Files are synced by `fsync` when the archive is made, and never again.
        #expect(acknowledgements > 0 || call == "fsync")
    }

    private static func tracer(_ call: String, _ expression: String, to file: String) -> [String] {
        ["strace", "-f", "-o", file, "-e", "trace=\(call)", "-e", expression]
    }

    /// How often it is called when all goes well.
    private static func calls(of call: String) async throws -> Int {
        try await ProgramBench.with { bench in
            let log = bench.folder.appending(path: "calls")
            let writer = try Program(
                [bench.archive, "\(frames)"], of: "ArchiveWriter", tracedBy: tracer(call, "signal=none", to: log.path),
                in: bench.folder)
            #expect(try await writer.result().status == 0)
            return try String(contentsOf: log, encoding: .utf8).split(separator: "\n").count { $0.contains("\(call)(") }
        }
    }

    private static func expect(_ acknowledged: String, in archive: String) async throws {
        let catalog = try Catalog.open(at: archive)
        for line in acknowledged.split(separator: "\n") {
            let words = line.split(separator: " ")
            let id = try #require(words.first.flatMap { Int64($0) })
            let frame = try #require(try await catalog.frame(FrameID(id)), "frame \(id) was acknowledged and is gone")
            #expect("\(frame.sha256)" == words[1])
        }
        let report = try await catalog.verify()
        #expect(report.isSound, "\(report.damaged) \(report.problems)")
        try catalog.close()
    }
}
