import Foundation
import Tunnel

/// The program as a user runs it, built beside these tests.
enum Program {
    static var url: URL {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "printlapse")
    }

    struct Result {
        let status: Int32
        let output: String
        let messages: String
    }

    /// Starts it with an environment of its own: nothing of the tester's is read or written.
    ///
    /// - Parameters:
    ///   - output, messages: files that standard output and standard error go to.
    static func start(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:],
        input: FileHandle = .nullDevice, output: URL, messages: URL
    ) throws -> Process {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var variables = ["HOME": folder.path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "TZ": "UTC"]
        variables.merge(environment) { $1 }
        process.environment = variables
        for file in [output, messages] where !FileManager.default.createFile(atPath: file.path, contents: nil) {
            throw CocoaError(.fileWriteUnknown)
        }
        process.standardInput = input
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: messages)
        try process.run()
        return process
    }

    /// Runs it to its end.
    static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:]
    ) throws -> Result {
        let output = folder.appending(path: "output-\(UUID().uuidString)")
        let messages = folder.appending(path: "messages-\(UUID().uuidString)")
        let process = try start(arguments, in: folder, environment: environment, output: output, messages: messages)
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            messages: String(decoding: try Data(contentsOf: messages), as: UTF8.self))
    }
}

/// A simulated tunnel, and a folder with its endpoint in a file, for running the program against.
struct ProgramBench {
    let folder: URL
    let archive: String

    /// The credentials of whoever runs the program here.
    var store: CredentialStore { CredentialStore(folder: folder.appending(path: ".config/printlapse").path) }

    static func with<Value>(_ body: (ProgramBench) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "program-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(ProgramBench(folder: folder, archive: folder.appending(path: "archive.sqlite").path))
    }

    /// Writes text into a file that its owner alone can read.
    func file(_ name: String, _ text: String) throws -> String {
        let path = folder.appending(path: name).path
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        return path
    }

    /// Runs the program to its end, as ``run(_:environment:)`` does, and leaves the thread to others meanwhile: to the
    /// simulated server that the program talks to, above all.
    func outcome(
        of arguments: String..., environment: [String: String] = [:]
    ) async throws -> Program.Result {
        let output = folder.appending(path: "output-\(UUID().uuidString)")
        let messages = folder.appending(path: "messages-\(UUID().uuidString)")
        let process = try Program.start(
            arguments, in: folder, environment: environment.merging(["PRINTLAPSE_ARCHIVE": archive]) { $1 },
            output: output, messages: messages)
        try await process.ended()
        return Program.Result(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            messages: String(decoding: try Data(contentsOf: messages), as: UTF8.self))
    }

    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Program.Result {
        try Program.run(arguments, in: folder, environment: environment.merging(["PRINTLAPSE_ARCHIVE": archive]) { $1 })
    }
}

extension Process {
    /// Returns when the process has ended; no thread waits for it.
    func ended() async throws {
        while isRunning { try await ContinuousClock().sleep(for: .milliseconds(10)) }
    }
}
