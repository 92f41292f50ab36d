import Foundation
import Synchronization
import TestSupport

@testable import Stores

/// A real OpenStack Swift with its S3 interface, started once for all tests and stopped when they end.
final class SwiftServer: Sendable {
    /// Whether Debian's packages of it are here.
    static let isInstalled: Bool = {
        let script = Process()
        script.executableURL = URL(filePath: SwiftServer.script)
        script.arguments = ["check"]
        (script.standardOutput, script.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        guard (try? script.run()) != nil else { return false }
        script.waitUntilExit()
        return script.terminationStatus == 0
    }()

    static let environment = ["AWS_ACCESS_KEY_ID": "test:tester", "AWS_SECRET_ACCESS_KEY": "testing"]

    private static let script = Article.root.appending(path: "scripts/object-store").path
    private static let shared = Task { try await SwiftServer() }

    static func running() async throws -> SwiftServer { try await shared.value }

    let folder: TemporaryFolder
    let port: Int

    struct Failure: Error { let output: String }

    private init() async throws {
        folder = try TemporaryFolder()
        port = Int.random(in: 200..<600) * 50
        // However the tests end, as long as they end by themselves.
        Self.stopped.withLock { $0 = folder.path }
        atexit {
            let (stop, folder) = (Process(), SwiftServer.stopped.withLock { $0 })
            stop.executableURL = URL(filePath: SwiftServer.script)
            stop.arguments = ["kill", folder]
            guard (try? stop.run()) != nil else { return }
            stop.waitUntilExit()
            try? FileManager.default.removeItem(atPath: folder)
        }
        try await start()
    }

    private static let stopped = Mutex("")

    func start() async throws {
        let result = try await run([Self.script, "start", folder.path, "\(port)"])
        guard result.status == 0 else { throw Failure(output: result.output) }
    }

    /// As a power cut would.
    func kill() async throws {
        _ = try await run([Self.script, "kill", folder.path])
    }

    /// A place of a test's own in the one bucket.
    func location(_ prefix: String) throws -> StoreLocation {
        try StoreLocation("s3://printlapse/\(prefix)?endpoint=http://127.0.0.1:\(port)")
    }
}
