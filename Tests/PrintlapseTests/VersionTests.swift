import CCommit
import Foundation
import TestSupport
import Testing

@testable import printlapse

@Suite struct `The version` {
    @Test func `is told with the program's name, and its commit where that is known`() async throws {
        try await ProgramBench.with { bench in
            let result = try await Program(["--version"], in: bench.folder, environment: [:]).result()
            #expect(result.status == 0)
            let commit = String(cString: printlapse_commit())
            let told = "printlapse \(Printlapse.version)" + (commit.isEmpty ? "" : " (\(commit))")
            #expect(result.output == told + "\n")
        }
    }

    /// What the scripts that build the program tell it.
    @Test func `names the commit of a folder that is a repository, and none of one that lies within another's`()
        async throws
    {
        let folder = try TemporaryFolder()
        let scripts = folder.url.appending(path: "outer/inner/scripts")
        try FileManager.default.createDirectory(at: scripts, withIntermediateDirectories: true)
        let script = scripts.appending(path: "commit")
        try FileManager.default.copyItem(at: Article.root.appending(path: "scripts/commit"), to: script)
        try Data().write(to: folder.url.appending(path: "outer/inner/Package.swift"))
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "outer/inner/Sources"), withIntermediateDirectories: false)

        try Self.git("init", "--quiet", in: folder.url.appending(path: "outer"))
        #expect(try Self.output(of: script.path) == "")

        let inner = folder.url.appending(path: "outer/inner")
        try Self.git("init", "--quiet", in: inner)
        #expect(try Self.output(of: script.path) == "")
        try Self.git("add", ".", in: inner)
        try Self.git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "One", in: inner)
        let commit = try Self.output(of: script.path)
        #expect(commit.wholeMatch(of: /[0-9a-f]{7,}\n/) != nil, "\(commit)")

        try Data("// changed\n".utf8).write(to: inner.appending(path: "Package.swift"))
        #expect(try Self.output(of: script.path) == commit.dropLast() + "+\n")
    }

    private static func git(_ arguments: String..., in folder: URL) throws {
        _ = try output(of: "/usr/bin/git", ["-C", folder.path] + arguments)
    }

    private static func output(of program: String, _ arguments: [String] = []) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self)
    }
}
