import Foundation
import Testing

/// What grows with the square of their number takes minutes here, and what grows with the number a second.
@Suite(.timeLimit(.minutes(4))) struct `Thousands of tunnels` {
    private static let count = 3000

    private func with(_ body: (ProgramBench, _ configuration: String) async throws -> Void) async throws {
        try await ProgramBench.with { bench in
            let tunnels = (0..<Self.count).map { number in
                """
                "camera \(number)": {"endpoint": "http://user\(number):password@127.0.0.1:1", "stored_at": "2026-11-23T14:05:00.250Z"}
                """
            }
            let folder = bench.folder.appending(path: ".config/printlapse")
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            _ = try bench.file(
                ".config/printlapse/credentials.json",
                #"{"format": 1, "tunnels": {\#(tunnels.joined(separator: ",\n"))}}"#)
            let cameras = (0..<Self.count).map { "  - name: camera \($0)\n" }.joined()
            try await body(bench, try bench.file("config.yaml", "cameras:\n" + cameras))
        }
    }

    @Test func `are checked and listed as soon as their files are read`() async throws {
        try await with { bench, configuration in
            let checked = try await bench.run("config", "check", "--config", configuration)
            #expect(checked.status == 0 && checked.output.contains("3 000 cameras"), "\(checked.messages.prefix(200))")
            let listed = try await bench.run("cameras", "list", "--format", "csv", "--config", configuration)
            #expect(listed.output.split(separator: "\r\n").count == Self.count + 1)
            let which = try await bench.run("usage", "--config", configuration)
            #expect(which.status == 64 && which.messages.contains("and 2 992 more") && which.messages.count < 400)
        }
    }

    @Test func `begin without delay, and begin to be captured anew when one changes`() async throws {
        try await with { bench, configuration in
            let program = try bench.start(
                "capture", "--config", configuration, "--interval", "1h", "--log-format", "json", "--verbose")
            #expect(try await program.says("camera 0"))
            _ = try bench.file("config.yaml", "cameras:\n  - name: camera 1\n")
            #expect(try await program.says("\"removed\":2999"))
            program.signal(SIGTERM)
            let result = try await program.result()
            #expect(result.status == 0, "\(result.status): \(result.messages.suffix(2000))")
        }
    }

    @Test func `that are missing are told once each, without the names of all others`() async throws {
        try await with { bench, configuration in
            try FileManager.default.removeItem(
                at: bench.folder.appending(path: ".config/printlapse/credentials.json"))
            let checked = try await bench.run("config", "check", "--config", configuration)
            #expect(checked.status == 78)
            #expect(checked.messages.split(separator: "\n").count == Self.count)
            #expect(checked.messages.utf8.count < Self.count * 400)
        }
    }
}
