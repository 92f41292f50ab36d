import Foundation
import Synchronization
import TestSupport

/// Moto, PyPI's server like Amazon's, started once for all tests; it ends with them. It keeps everything in memory.
final class MotoServer: Sendable {
    static let isInstalled = Python.has("moto")
    static let environment = ["AWS_ACCESS_KEY_ID": "KEY", "AWS_SECRET_ACCESS_KEY": "SECRET"]

    private static let shared = Task { try await MotoServer() }
    private static let process = Mutex<Int32>(0)

    static func running() async throws -> MotoServer { try await shared.value }

    let port: Int

    private init() async throws {
        port = Int.random(in: 30_000..<32_000)
        let server = Process()
        server.executableURL = URL(filePath: "/usr/bin/env")
        server.arguments = ["python3", "-m", "moto.server", "-H", "127.0.0.1", "-p", "\(port)"]
        server.environment = ProcessInfo.processInfo.environment.merging(Python.environment) { $1 }
        (server.standardInput, server.standardOutput, server.standardError) = (
            FileHandle.nullDevice, FileHandle.nullDevice, FileHandle.nullDevice
        )
        try server.run()
        Self.process.withLock { [number = server.processIdentifier] in $0 = number }
        // Whatever signals are blocked in the thread that starts it are blocked in it.
        atexit { kill(MotoServer.process.withLock(\.self), SIGKILL) }
        try await wait(for: "moto's answer", looking: .milliseconds(100)) {
            let answer = try? await LoopbackClient(port: port).exchange(
                "PUT /pictures HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return answer?.contains(" 200 ") == true
        }
    }
}
