import Foundation
import TestSupport
import Testing

@Suite struct `The status` {
    @Test func `is good while a capture runs, and bad when none has for a while`() async throws {
        try await ProgramBench.with { bench in
            let simulator = try bench.start("simulate", "--endpoint-file", "tunnel.txt", "--size", "160x120")
            try await wait(for: "the simulator to begin") {
                FileManager.default.fileExists(atPath: bench.folder.appending(path: "tunnel.txt").path)
            }
            let capture = try bench.start(
                "capture", "--endpoint-file", "tunnel.txt", "--camera", "mk3", "--interval", "5s", "--verbose")
            let hasStored = try await capture.says("stored frame")
            #expect(hasStored)

            let running = try await bench.run("status")
            #expect(running.status == 0)
            #expect(running.output.contains("✓ mk3"))
            #expect(running.output.contains("process \(capture.identifier)"))
            #expect(running.output.split(separator: "\n").allSatisfy { $0.count <= 80 })

            let json = try await bench.run("status", "mk3", "--json")
            #expect(json.status == 0)
            let report = try JSONDecoder().decode(Report.self, from: Data(json.output.utf8))
            #expect(report.healthy && report.capturing)
            #expect(report.cameras.map(\.camera) == ["mk3"])
            #expect(report.cameras.map(\.state) == ["working"])

            let other = try await bench.run("status", "mk3", "mk4")
            #expect(other.status == 1)
            #expect(other.output.contains("✗ mk4"))

            capture.signal(SIGTERM)
            let ending = try await capture.result()
            #expect(ending.status == 0)
            let after = try await bench.run("status", "--json")
            let ended = try JSONDecoder().decode(Report.self, from: Data(after.output.utf8))
            #expect(!ended.capturing)
            simulator.signal(SIGTERM)
            _ = try await simulator.result()
        }
    }

    @Test func `tells that there is no archive`() async throws {
        try await ProgramBench.with { bench in
            let result = try await bench.run("status")
            #expect(result.status == 10)
        }
    }

    private struct Report: Decodable {
        struct Camera: Decodable {
            let camera: String
            let state: String
        }

        let healthy: Bool
        let capturing: Bool
        let cameras: [Camera]
    }
}
