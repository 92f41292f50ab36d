import Foundation
import Testing

/// Calls that a file system does not know, by `strace`: as SMB, FUSE and FAT lack some.
@Suite(.timeLimit(.minutes(5))) struct `A file system that lacks a call` {
    /// - Parameter says: what a person is told, where there is anything to tell.
    private func expectDone(
        _ arguments: [String], without call: String, error: String, says: String?
    ) async throws {
        try await ProgramBench.with { bench in
            let writer = try Program([bench.archive, "3"], of: "ArchiveWriter", in: bench.folder)
            #expect(try await writer.result().status == 0)
            let tracer = [
                "strace", "-f", "-o", "/dev/null", "-e", "trace=\(call)", "-e", "inject=\(call):error=\(error)",
            ]
            let result = try await bench.start(arguments[0], arguments: Array(arguments.dropFirst()), tracedBy: tracer)
                .result()
            #expect(result.status == 0, "\(call): \(result.messages)")
            if let says { #expect(result.messages.contains(says), "\(call): \(result.messages)") }
            let output = arguments[1]
            #expect(FileManager.default.fileExists(atPath: bench.folder.appending(path: output).path))
            let again = try await bench.run(arguments[0], output, "--force")
            #expect(again.status == 0, "\(again.messages)")
            let left = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
            #expect(left.filter { $0.contains("partial") }.isEmpty, "\(left)")
        }
    }

    @Test(
        arguments: [
            ("fsync", "EINVAL", "does not say whether it would survive"), ("syncfs", "ENOSYS", "does not say"),
            ("utimensat", "EPERM", "keeps no dates"), ("utimensat", "ENOSYS", "keeps no dates"),
            ("renameat2", "EINVAL", nil), ("fstatfs", "ENOSYS", nil), ("flock", "ENOLCK", nil),
            ("sync_file_range", "ESPIPE", nil), ("unlinkat", "EBUSY", nil),
        ] as [(String, String, String?)])
    func `gets a whole folder of pictures`(call: String, error: String, says: String?) async throws {
        try await expectDone(["export", "frames"], without: call, error: error, says: says)
    }

    @Test(
        arguments: [
            ("fsync", "EINVAL", "does not say whether it would survive"), ("renameat2", "ENOSYS", nil),
            ("fstatfs", "EOPNOTSUPP", nil), ("flock", "ENOLCK", nil), ("unlinkat", "EBUSY", nil),
        ] as [(String, String, String?)])
    func `gets a whole ZIP`(call: String, error: String, says: String?) async throws {
        try await expectDone(["export", "frames.zip"], without: call, error: error, says: says)
    }

    @Test(
        arguments: [
            ("fsync", "EINVAL", "does not say whether it would survive"), ("renameat2", "EINVAL", nil),
        ] as [(String, String, String?)])
    func `gets a whole backup`(call: String, error: String, says: String?) async throws {
        try await expectDone(["backup", "copy.sqlite"], without: call, error: error, says: says)
    }
}
