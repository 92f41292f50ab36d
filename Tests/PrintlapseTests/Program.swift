import Foundation
import HTTP
import Synchronization
import Tunnel

/// The program as a user runs it, built beside these tests.
///
/// Nothing here blocks a thread: the simulated tunnel that the program speaks to lives in the tests' own process.
final class Program: Sendable {
    /// A program that was built with these tests.
    static func built(_ name: String) -> URL {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: name)
    }

    let identifier: Int32
    private let statuses: AsyncStream<(Int32, Process.TerminationReason)>
    private let ending = Ending()
    let output: URL
    private let messages: URL

    struct Result {
        let status: Int32
        /// Whether a signal was its end; ``status`` is its number then.
        var isSignalled = false
        let output: String
        let messages: String
    }

    /// Starts it with an environment of its own: nothing of the tester's is read or written.
    ///
    /// - Parameters:
    ///   - name: another program's that was built with these tests.
    ///   - tracer: a program that runs it, with its arguments.
    init(
        _ arguments: [String], of name: String = "printlapse", tracedBy tracer: [String] = [], in folder: URL,
        environment: [String: String] = [:], input: FileHandle = .nullDevice
    ) throws {
        output = folder.appending(path: "output-\(UUID().uuidString)")
        messages = folder.appending(path: "messages-\(UUID().uuidString)")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = tracer + [Self.built(name).path] + arguments
        process.currentDirectoryURL = folder
        var variables = ["HOME": folder.path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "TZ": "UTC"]
        variables.merge(environment) { $1 }
        process.environment = variables
        for file in [output, messages] where !FileManager.default.createFile(atPath: file.path, contents: nil) {
            throw CocoaError(.fileWriteUnknown)
        }
        // The child has its own of both. Foundation would keep these for good, and reads past its list of them, once there are
        // well over a thousand.
        let files = (output: try FileHandle(forWritingTo: output), messages: try FileHandle(forWritingTo: messages))
        defer {
            try? files.output.close()
            try? files.messages.close()
        }
        process.standardInput = input
        (process.standardOutput, process.standardError) = (files.output, files.messages)
        let (statuses, continuation) = AsyncStream.makeStream(of: (Int32, Process.TerminationReason).self)
        self.statuses = statuses
        process.terminationHandler = { [ending] process in
            ending.hasCome.withLock { $0 = true }
            continuation.yield((process.terminationStatus, process.terminationReason))
            continuation.finish()
        }
        try process.run()
        identifier = process.processIdentifier
    }

    /// What it has said so far on standard error.
    func messagesSoFar() throws -> String {
        String(decoding: try Data(contentsOf: messages), as: UTF8.self)
    }

    /// Waits until it has said this on standard error, or has ended.
    func says(_ text: String) async throws -> Bool {
        while isRunning {
            if try messagesSoFar().contains(text) { return true }
            try await ContinuousClock().sleep(for: .milliseconds(10))
        }
        return try messagesSoFar().contains(text)
    }

    var isRunning: Bool { !ending.hasCome.withLock(\.self) }

    private final class Ending: Sendable {
        let hasCome = Mutex(false)
    }

    func signal(_ number: Int32) {
        kill(identifier, number)
    }

    /// Waits for its end.
    func result() async throws -> Result {
        var (status, reason) = (Int32(-1), Process.TerminationReason.exit)
        for await value in statuses { (status, reason) = value }
        return Result(
            status: status, isSignalled: reason == .uncaughtSignal,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            messages: try messagesSoFar())
    }
}

/// A folder for an archive and an endpoint in a file, for running the program in.
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

    func start(
        _ arguments: String..., arguments more: [String] = [], tracedBy tracer: [String] = [],
        environment: [String: String] = [:]
    ) throws -> Program {
        try Program(
            arguments + more, tracedBy: tracer, in: folder,
            environment: environment.merging(["PRINTLAPSE_ARCHIVE": archive]) { $1 })
    }

    func run(_ arguments: String..., environment: [String: String] = [:]) async throws -> Program.Result {
        try await Program(
            arguments, in: folder, environment: environment.merging(["PRINTLAPSE_ARCHIVE": archive]) { $1 }
        ).result()
    }

    /// `serve --set-password`, with a password typed into a pipe.
    func setPassword(_ password: String, _ options: String...) async throws -> Program.Result {
        let typed = Pipe()
        try typed.fileHandleForWriting.write(contentsOf: Data("\(password)\n".utf8))
        try typed.fileHandleForWriting.close()
        return try await Program(
            ["serve", "--set-password"] + options, in: folder, input: typed.fileHandleForReading
        ).result()
    }
}

extension Process {
    /// Returns when the process has ended; no thread waits for it.
    func ended() async throws {
        while isRunning { try await ContinuousClock().sleep(for: .milliseconds(10)) }
    }
}
