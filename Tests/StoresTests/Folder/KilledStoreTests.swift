import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Stores

/// By `strace`, at each call of the ones that change something.
@Suite(.timeLimit(.minutes(5))) struct `A writer to a folder` {
    private let folder: TemporaryFolder
    private let source: TemporaryFolder
    private let file: ObjectFile

    init() throws {
        folder = try TemporaryFolder()
        source = try TemporaryFolder()
        // Three writes.
        file = try source.object("one", bytes: 2_500_000)
    }

    @Test(arguments: ["pwrite64", "fsync", "mkdirat", "renameat2"])
    func `that is killed leaves its object whole or not at all`(call: String) async throws {
        let store = FolderStore(at: folder.path)
        try await store.prepare()
        var (kills, number) = (0, 1)
        while true {
            let result = try await write(injecting: "\(call):signal=SIGKILL:when=\(number)")
            if result.status == 0 { break }
            kills += 1
            number += 1
            let size = try await store.size(of: "a/b/one.zip")
            #expect(size == nil || size == file.size, "\(call) \(number): \(size ?? -1)")
            if size != nil {
                #expect(try await SHA256Digest(hashing: store.read("a/b/one.zip", 0..<file.size)) == file.sha256)
                try await store.remove("a/b/one.zip")
            }
            if call == "mkdirat", size == nil, number < 4 {
                // The first of the folders was made, or the second as well: made anew, they are what the next kill meets.
                try? FileManager.default.removeItem(atPath: folder("a"))
            }
        }
        #expect(kills > 0)
        #expect(try await store.list("").map(\.name) == ["a/b/one.zip"])
        #expect(try await SHA256Digest(hashing: store.read("a/b/one.zip", 0..<file.size)) == file.sha256)
    }

    @Test(arguments: [
        ("pwrite64", "ENOSPC", "store_full"), ("pwrite64", "EDQUOT", "store_full"),
        ("pwrite64", "EIO", "store_failing"),
        ("fsync", "EIO", "store_failing"), ("fsync", "ENOSPC", "store_full"), ("mkdirat", "ESTALE", "store_failing"),
        ("renameat2", "EIO", "store_failing"), ("mkdirat", "EROFS", "store_system"),
    ])
    func `names the fault of a NAS, and leaves nothing`(call: String, code: String, label: String) async throws {
        let store = FolderStore(at: folder.path)
        try await store.prepare()
        let result = try await write(injecting: "\(call):error=\(code)")
        #expect(result.status == 1)
        #expect(result.output == label)
        #expect(try await store.list("") == [])
        let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        #expect(left.filter { $0.contains("partial") } == [])
        #expect(try await write(injecting: nil).output == "written")
    }

    @Test(arguments: [
        ["renameat2:error=EINVAL"], ["renameat2:error=ENOSYS", "linkat:error=EPERM"], ["fsync:error=EINVAL"],
    ])
    func `does without what SMB, FUSE and FAT lack`(lacking: [String]) async throws {
        let store = FolderStore(at: folder.path)
        try await store.prepare()
        #expect(try await write(injecting: lacking).output == "written")
        #expect(try await SHA256Digest(hashing: store.read("a/b/one.zip", 0..<file.size)) == file.sha256)
        #expect(try await write(injecting: lacking).output == "wasThere")
    }

    /// Only the calls on the store's own files: loading the program reads others.
    @Test(arguments: [("pread64", "EIO", ["read", "one", "100"]), ("getdents64", "ESTALE", ["list"])])
    func `and its reader name a NAS that fails`(call: String, code: String, words: [String]) async throws {
        let store = FolderStore(at: folder.path)
        try await store.prepare()
        #expect(try await store.put(file, as: "one") == .written)
        let result = try await trace(["\(call):error=\(code)"], words, at: [folder("one"), folder.path])
        #expect(result.output == "store_failing")
    }

    private func write(injecting fault: String?) async throws -> (status: Int32, output: String) {
        try await write(injecting: fault.map { [$0] } ?? [])
    }

    private func write(injecting faults: [String]) async throws -> (status: Int32, output: String) {
        try await trace(faults, ["put", file.path, "a/b/one.zip"])
    }

    private func trace(
        _ faults: [String], _ words: [String], at paths: [String] = []
    ) async throws -> (status: Int32, output: String) {
        let writer = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "StoreWriter").path
        let calls = faults.map { String($0.prefix { $0 != ":" }) }.joined(separator: ",")
        let tracer =
            ["strace", "-f", "-o", "/dev/null", "-e", "trace=\(calls.isEmpty ? "none" : calls)"]
            + faults.flatMap { ["-e", "inject=\($0)"] } + paths.flatMap { ["-P", $0] }
        return try await run(tracer + [writer, folder.path] + words)
    }
}
