import Foundation
import NIOCore
import TestSupport
import Vocabulary

@testable import Stores

extension TemporaryFolder {
    /// A file of bytes that no two names share, as it becomes an object.
    func object(_ name: String, bytes count: Int) throws -> ObjectFile {
        var generator = SmallGenerator(
            state: UInt64(truncatingIfNeeded: name.utf8.reduce(5381) { $0 &* 33 &+ Int($1) }))
        var bytes = Data(capacity: count + 8)
        while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) } }
        bytes.count = count
        try bytes.write(to: URL(filePath: self(name)))
        return ObjectFile(path: self(name), size: Int64(count), sha256: SHA256Digest(hashing: ByteBuffer(bytes: bytes)))
    }

    /// A file of text, as it becomes an object.
    func object(_ name: String, text: String) throws -> ObjectFile {
        try write(text, to: name)
        return ObjectFile(
            path: self(name), size: Int64(text.utf8.count), sha256: SHA256Digest(hashing: ByteBuffer(string: text)))
    }
}

/// By Vigna's splitmix64: bytes that are the same in every run.
private struct SmallGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension ObjectName: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        guard let name = ObjectName(rawValue: text) else { preconditionFailure("\(text) is no object's name") }
        self = name
    }
}

/// The error that a body throws; `nil` where it throws none.
func storeError<Value>(_ body: () async throws -> Value) async -> StoreError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? StoreError
    }
}

/// Runs a program, without a thread that waits for it.
func run(_ words: [String], environment: [String: String] = [:]) async throws -> (status: Int32, output: String) {
    let folder = try TemporaryFolder()
    let output = try folder.write("", to: "output")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = Article.root
    let file = try FileHandle(forWritingTo: URL(filePath: output))
    defer { try? file.close() }
    (process.standardOutput, process.standardError) = (file, FileHandle.nullDevice)
    process.standardInput = FileHandle.nullDevice
    let (ends, end) = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in end.finish() }
    try process.run()
    for await _ in ends {}
    let text = try String(contentsOfFile: output, encoding: .utf8)
    return (process.terminationStatus, text.trimmingCharacters(in: .whitespacesAndNewlines))
}
