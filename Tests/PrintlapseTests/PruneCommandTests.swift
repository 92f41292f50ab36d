import Archive
import Catalog
import Foundation
import Simulator
import Storage
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(2))) struct `The program, asked to prune` {
    private func with(_ body: (ProgramBench) async throws -> Void) async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.speed = 1000
        settings.warmUp = .zero
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let capture = try await bench.run(
                "capture", "--endpoint-file", endpoint, "--interval", "20ms", "--frames", "12")
            #expect(capture.status == 0, "\(capture.messages)")
            try await body(bench)
        }
        await tunnel.stop()
    }

    private func frames(_ bench: ProgramBench) async throws -> Int {
        let catalog = try Catalog.open(at: bench.archive)
        defer { #expect(throws: Never.self) { try catalog.close() } }
        return try await catalog.count(FrameQuery()).frames
    }

    @Test func `shows what would go, and removes it only when told to`() async throws {
        try await with { bench in
            let shown = try await bench.run("prune", "--max-age", "1ms")
            #expect(shown.status == 0, "\(shown.messages)")
            #expect(shown.output.contains("older than 1ms  printer      11"), "\(shown.output)")
            #expect(shown.output.contains("Safe although due: 1 the camera's newest."))
            #expect(shown.output.contains("Nothing was removed; --apply removes them."))
            #expect(try await frames(bench) == 12)

            let applied = try await bench.run("prune", "--max-age", "1ms", "--apply", "--json")
            #expect(applied.status == 0, "\(applied.messages)")
            let report = try #require(
                try JSONSerialization.jsonObject(with: Data(applied.output.utf8)) as? [String: Any])
            #expect((report["result"] as? [String: Any])?["frames"] as? Int == 11)
            #expect((report["plan"] as? [String: Any])?["frames"] as? Int == 11)
            #expect(try await frames(bench) == 1)
            let verified = try await bench.run("verify")
            #expect(verified.status == 0, "\(verified.output)")
        }
    }

    @Test func `goes by the configuration, and by options above it`() async throws {
        try await with { bench in
            let configuration = try bench.file(
                "config.yaml", "retention: {max_age: 1y}\ncameras: [{name: printer, url: \"http://127.0.0.1/\"}]\n")
            let configured = try await bench.run("prune", "--config", configuration)
            #expect(configured.output.contains("Nothing has to go."))
            let overridden = try await bench.run("prune", "--config", configuration, "--max-age", "1ms")
            #expect(overridden.output.contains("11 frames"))
            let checked = try await bench.run("config", "check", "--config", configuration)
            #expect(checked.output.contains("Frames are kept: all; none older than 365d."), "\(checked.output)")
        }
    }

    @Test func `says so where less can go than was asked for`() async throws {
        try await with { bench in
            let result = try await bench.run("prune", "--max-size", "10kB", "--apply")
            #expect(result.status == 3, "\(result.messages)")
            #expect(result.output.contains("less than the policy asks for"))
            #expect(try await frames(bench) == 1)
        }
    }

    @Test func `refuses to guess`() async throws {
        try await ProgramBench.with { bench in
            let nothing = try await bench.run("prune")
            #expect(nothing.status == 64)
            #expect(nothing.messages.contains("nothing says what is to go"))
            let order = try await bench.run("prune", "--keep", "1h:7d", "--keep", "1m:30d")
            #expect(order.status == 64)
            #expect(order.messages.contains("cannot follow"))
            let absent = try await bench.run("prune", "--max-age", "1d", "--apply")
            #expect(absent.status == 10)
            #expect(!FileManager.default.fileExists(atPath: bench.archive))
        }
    }

    @Test func `waits for nobody who takes care of the archive already`() async throws {
        try await with { bench in
            let caretaker = try await FrameArchive.open(at: bench.archive, role: .care)
            let result = try await bench.run("prune", "--max-age", "1ms", "--apply")
            #expect(result.status == 11)
            try await caretaker.close()
        }
    }
}
