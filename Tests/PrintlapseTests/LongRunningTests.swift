import Care
import Catalog
import Foundation
import Simulator
import TestSupport
import Testing
import Vocabulary

@Suite struct `A capture for years` {
    private func with(_ body: (ProgramBench, SimulatedTunnel) async throws -> Void) async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.warmUp = .zero
        settings.speed = 20
        let tunnel = try await SimulatedTunnel.start(settings)
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await ProgramBench.with { bench in
                    _ = try bench.file("tunnel.txt", tunnel.endpoint)
                    try await body(bench, tunnel)
                })
        } catch {
            result = .failure(error)
        }
        await tunnel.stop()
        try result.get()
    }

    private func configure(_ bench: ProgramBench, _ lines: String...) throws -> String {
        try bench.file("config.yaml", (lines + [""]).joined(separator: "\n"))
    }

    @Test(arguments: [true, false])
    func `takes a change of its configuration in, at SIGHUP or by itself`(bySignal: Bool) async throws {
        try await with { bench, _ in
            let path = try configure(
                bench, "interval: 200ms", "cameras:", "  - name: left", "    endpoint_file: tunnel.txt")
            let program = try bench.start("capture", "--config", path)
            #expect(try await program.says("left: stored"))
            if bySignal {
                program.signal(SIGHUP)
                #expect(try await bench.run("cameras", "list", "--config", path).status == 0)
            }
            let added = try await bench.run(
                "cameras", "add", "right", "--endpoint-file", "tunnel.txt", "--config", path)
            #expect(added.status == 0, "\(added.messages)")
            if bySignal { program.signal(SIGHUP) }
            #expect(try await program.says("right: stored"))
            program.signal(SIGTERM)
            #expect(try await program.result().status == 0)

            let catalog = try Catalog.open(at: bench.archive)
            let left = try await catalog.timeline(TimelineQuery(camera: CameraName("left")))
            #expect(!left.contains { $0.detail == SlotReason(.notRunning) })
            #expect(try await catalog.verify().isSound)
        }
    }

    @Test func `goes on as it was where the new configuration is wrong`() async throws {
        try await with { bench, _ in
            let path = try configure(
                bench, "interval: 200ms", "cameras:", "  - name: left", "    endpoint_file: tunnel.txt")
            let program = try bench.start("capture", "--config", path)
            #expect(try await program.says("left: stored"))
            _ = try configure(bench, "intervall: 200ms")
            #expect(try await program.says("goes on as it was"))
            let before = try await Catalog.open(at: bench.archive).count(FrameQuery()).frames
            try await wait(for: "three frames more") {
                try await Catalog.open(at: bench.archive).count(FrameQuery()).frames > before + 2
            }
            // A health check says both: what is captured, and that the next start would fail.
            let status = try await bench.run("status", "--config", path)
            #expect(status.status == 1)
            #expect(status.output.contains("✓ left") || status.output.contains("! left"))
            #expect(status.messages.contains("intervall"))
            program.signal(SIGTERM)
            #expect(try await program.result().status == 0)
        }
    }

    @Test func `tells its owner once when credentials are refused, and once when they work again`() async throws {
        try await with { bench, tunnel in
            let script = try bench.file(
                "told.sh", "#!/bin/sh\necho \"$PRINTLAPSE_EVENT $PRINTLAPSE_CAMERA\" >> \(bench.folder.path)/told.txt\n"
            )
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script)
            let path = try configure(
                bench, "interval: 200ms", "on_event:", "  command: [\(script)]", "cameras:", "  - name: left",
                "    endpoint_file: tunnel.txt")
            tunnel.set(try Fault(parsing: "401 on webcam"))
            let program = try bench.start("capture", "--config", path, "--verbose")
            #expect(try await program.says("unauthorized was told"))
            program.signal(SIGTERM)
            #expect(try await program.result().status == 0)
            #expect(
                try String(contentsOfFile: bench.folder.path + "/told.txt", encoding: .utf8) == "unauthorized left\n")

            // A restart says nothing again; a camera that works again does.
            tunnel.clearFaults()
            let again = try bench.start("capture", "--config", path, "--verbose")
            #expect(try await again.says("camera_back was told"))
            again.signal(SIGTERM)
            #expect(try await again.result().status == 0)
            #expect(
                try String(contentsOfFile: bench.folder.path + "/told.txt", encoding: .utf8)
                    == "unauthorized left\ncamera_back left\n")
        }
    }
}

@Suite struct `The cameras commands` {
    @Test func `check the configuration, list, try and remove`() async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            _ = try bench.file("tunnel.txt", tunnel.endpoint)
            let environment = ["PRINTLAPSE_CONFIG": bench.folder.path + "/config.yaml"]
            for name in ["left", "right"] {
                let added = try await bench.run(
                    "cameras", "add", name, "--endpoint-file", "tunnel.txt", environment: environment)
                #expect(added.status == 0, "\(added.messages)")
            }
            #expect(try await bench.run("config", "check", environment: environment).status == 0)
            let list = try await bench.run("cameras", "--json", environment: environment)
            let cameras = try #require(
                try JSONSerialization.jsonObject(with: Data(list.output.utf8)) as? [[String: Any]])
            #expect(cameras.map { $0["camera"] as? String } == ["left", "right"])

            let tried = try await bench.run("cameras", "test", "left", "--json", environment: environment)
            let result = try #require(
                try JSONSerialization.jsonObject(with: Data(tried.output.utf8)) as? [String: Any])
            #expect(result["ok"] as? Bool == true)
            #expect(result["width"] as? Int == 64)
            #expect(tried.status == 0)
            tunnel.set(try Fault(parsing: "null"))
            #expect(try await bench.run("cameras", "test", "left", environment: environment).status == 3)
            tunnel.clearFaults()
            tunnel.revokeTunnels()
            #expect(try await bench.run("cameras", "test", "left", environment: environment).status == 12)

            #expect(try await bench.run("cameras", "remove", "left", environment: environment).status == 0)
            #expect(try await bench.run("cameras", "remove", "right", environment: environment).status == 78)
            let wrong = try bench.file("wrong.yaml", "cameras:\n  - name: a\n    intervall: 2s\n")
            let checked = try await bench.run("config", "check", "--config", wrong)
            #expect(checked.status == 78)
            #expect(checked.messages.contains("wrong.yaml:3:5"))
        }
        await tunnel.stop()
    }
}
