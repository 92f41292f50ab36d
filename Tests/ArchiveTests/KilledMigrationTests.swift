import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite(.timeLimit(.minutes(3))) struct `A migration that is killed` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// At the n-th write to a file, for every other n, by `strace`.
    @Test func `leaves the old archive or the new one, whole`() async throws {
        let old = folder.path + "/old"
        try await makeArchiveOfVersion2(at: old)
        let trace = folder.path + "/calls"
        try migrate(a: old, tracing: ["-o", trace, "-e", "trace=pwrite64"])
        let calls = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").count {
            $0.contains("pwrite64(")
        }
        #expect(calls > 10)

        var versions: Set<Int> = []
        for number in stride(from: 1, through: calls, by: 2) {
            try migrate(a: old, tracing: ["-o", "/dev/null", "-e", "inject=pwrite64:signal=SIGKILL:when=\(number)"])
            let left = try DatabaseQueue(path: folder.archive)
            let version = try await left.read { try Schema.version(of: $0) }
            versions.insert(version)
            let frames = try await left.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM frame_view") }
            #expect(frames == 2)
            try left.close()
            let archive = try await folder.open()
            let report = try await archive.verify()
            #expect(report.framesChecked == 2)
            #expect(report.isSound, "killed at write \(number): \(report.damaged) \(report.problems)")
            try await archive.close()
        }
        // A step that was committed stays.
        #expect(versions.isSubset(of: Set(2...Schema.version)))
        #expect(versions.isSuperset(of: [2, Schema.version]))
    }

    /// Lets a process of its own bring a copy of the old archive up to date.
    private func migrate(a old: String, tracing: [String]) throws {
        for ending in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: folder.archive + ending) {
            try FileManager.default.removeItem(atPath: folder.archive + ending)
        }
        try FileManager.default.copyItem(atPath: old, toPath: folder.archive)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        let writer = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appendingPathComponent("ArchiveWriter").path
        process.arguments = ["strace", "-f"] + tracing + [writer, folder.archive, "0"]
        try process.run()
        process.waitUntilExit()
    }

    /// What an archive of today has in the columns of version 2.
    private func makeArchiveOfVersion2(at path: String) async throws {
        let source = try TemporaryFolder()
        let archive = try await source.open()
        for number in 0..<2 { try await archive.store(number, print: 7) }
        try await archive.close()
        try await EarlierArchive.make(at: path, from: source, by: [schemaVersion1, schemaVersion2])
    }
}
