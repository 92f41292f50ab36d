import Foundation
import Simulator
import Testing
import Vocabulary

@Suite struct `The program` {
    private func simulator(_ change: (inout SimulatorSettings) -> Void = { _ in }) async throws -> SimulatedTunnel {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        settings.speed = 100
        settings.warmUp = .zero
        settings.printDuration = .seconds(200_000)
        change(&settings)
        return try await SimulatedTunnel.start(settings)
    }

    private func keys(_ json: String) throws -> Set<String> {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8))
        let one = (object as? [[String: Any]])?.first ?? object as? [String: Any]
        return Set(try #require(one).keys)
    }

    @Test(arguments: ["frames", "timeline", "stats", "verify", "frame 1", "export lapse.mp4"])
    func `says that there is no archive, and makes none`(command: String) async throws {
        try await ProgramBench.with { bench in
            let words = command.split(separator: " ").map(String.init)
            let program = try Program(words, in: bench.folder, environment: ["PRINTLAPSE_ARCHIVE": bench.archive])
            let result = try await program.result()
            #expect(result.status == 10)
            #expect(result.messages.contains("there is no archive at"))
            #expect(result.output.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: bench.archive))
        }
    }

    @Test func `gives JSON with the documented keys`() async throws {
        let tunnel = try await simulator()
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let capture = try await bench.run(
                "capture", "--endpoint-file", endpoint, "--interval", "100ms", "--frames", "3", "--json", "--quiet")
            #expect(capture.status == 0, "\(capture.messages)")
            #expect(
                try keys(capture.output) == [
                    "slots", "frames_stored", "bytes_stored", "bytes_received", "from", "until",
                ])
            let frames = try await bench.run("frames", "--json")
            #expect(
                try keys(frames.output) == [
                    "id", "camera", "captured_at", "last_seen_at", "seen", "width", "height", "bytes", "sha256",
                    "perceptual_hash", "print", "variant", "source", "excluded", "pinned", "taken_at",
                    "progress", "printer_state", "prediction", "brightness", "sharpness", "change", "changed_percent",
                    "note", "damaged_at", "suspect", "suspect_place",
                ])
            let prints = try await bench.run("prints", "--json")
            #expect(
                try keys(prints.output) == [
                    "name", "state", "told_by", "started_at", "ended_at",
                    "id", "camera", "number", "frames", "bytes", "first_captured_at", "last_captured_at",
                    "excluded", "pinned", "note",
                ])
            let timeline = try await bench.run("timeline", "--json")
            #expect(
                try keys(timeline.output) == [
                    "camera", "outcome", "detail", "from", "until", "slots", "bytes", "frame", "removed",
                ])
            let verify = try await bench.run("verify", "--json")
            #expect(verify.status == 0)
            #expect(
                try keys(verify.output).isSuperset(of: [
                    "frames_checked", "bytes_checked", "damaged", "ledger_ok", "ok",
                ]))
            let usage = try await bench.run("usage", "--endpoint-file", endpoint, "--json")
            #expect(
                try keys(usage.output) == [
                    "camera", "total", "monthly_cap", "unlimited", "reset_at", "remaining", "fraction", "cap_stop",
                    "skipping", "metered_bytes_per_frame", "frames_left", "stops_at", "reserve", "ceiling", "ours",
                    "others",
                    "cost", "days", "earlier", "forecast",
                ])

            let rows = try await bench.run("frames", "--format", "ndjson")
            #expect(rows.output.split(separator: "\n").count == 3)
            let table = try await bench.run("frames", "--format", "csv")
            #expect(table.output.split(separator: "\r\n").count == 4)
            let picture = try await bench.run("frame", "1", "-o", "one.jpg")
            #expect(picture.status == 0)
            let bytes = try Data(contentsOf: bench.folder.appending(path: "one.jpg"))
            #expect(bytes.prefix(2) == Data([0xFF, 0xD8]))
        }
        await tunnel.stop()
    }

    @Test func `ends with 11 and names the holder where the archive is in use`() async throws {
        let tunnel = try await simulator()
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let first = try bench.start("capture", "--endpoint-file", endpoint, "--interval", "100ms")
            #expect(try await first.says("stored frame"))
            let second = try await bench.run("capture", "--endpoint-file", endpoint, "--once")
            #expect(second.status == 11)
            #expect(second.messages.contains("\(first.identifier)"))
            first.signal(SIGTERM)
            #expect(try await first.result().status == 0)
        }
        await tunnel.stop()
    }

    @Test func `ends with 12 where the credentials are refused`() async throws {
        let tunnel = try await simulator()
        tunnel.revokeTunnels()
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let capture = try await bench.run("capture", "--endpoint-file", endpoint, "--frames", "5")
            #expect(capture.status == 12)
            let usage = try await bench.run("usage", "--endpoint-file", endpoint)
            #expect(usage.status == 12)
        }
        await tunnel.stop()
    }

    @Test func `ends with 13 where the cap left nothing to capture`() async throws {
        let tunnel = try await simulator {
            $0.monthlyCap = ByteCount(1_000_000)
            $0.used = ByteCount(950_000)
        }
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let capture = try await bench.run("capture", "--endpoint-file", endpoint, "--once")
            #expect(capture.status == 13)
        }
        await tunnel.stop()
    }

    @Test(arguments: [
        ["capture", "--interval", "soon"], ["frames", "--limit", "-1"], ["export"], ["nonsense"],
        ["capture", "--url", "http://127.0.0.1/", "--endpoint-file", "x"], ["frames", "--json", "--format", "csv"],
    ])
    func `ends with 64 where it is used wrongly`(arguments: [String]) async throws {
        try await ProgramBench.with { bench in
            let result = try await Program(arguments, in: bench.folder).result()
            #expect(result.status == 64)
            #expect(result.messages.contains("Error:") || result.messages.contains("printlapse:"))
        }
    }

    @Test func `ends with 78 where the configuration is wrong, and names the place`() async throws {
        try await ProgramBench.with { bench in
            let path = try bench.file("config.yaml", "cameras:\n  - name: a\n    link: http://127.0.0.1/\n")
            let result = try await bench.run("capture", "--config", path)
            #expect(result.status == 78)
            #expect(result.messages.contains("config.yaml:3:5: “link” is no setting of a camera"))
        }
    }

    @Test func `captures the cameras of its configuration, each under its name`() async throws {
        let tunnel = try await simulator()
        try await ProgramBench.with { bench in
            _ = try bench.file("mk4.endpoint", tunnel.endpoint)
            let path = try bench.file(
                "config.yaml",
                """
                interval: 100ms
                cameras:
                  - name: MK4 (left)
                    endpoint_file: mk4.endpoint
                  - name: second
                    endpoint_variable: SECOND_TUNNEL
                """)
            let result = try await bench.run(
                "capture", "--config", path, "--frames", "2", environment: ["SECOND_TUNNEL": tunnel.endpoint])
            #expect(result.status == 0, "\(result.messages)")
            let frames = try await bench.run("frames", "--camera", "MK4 (left)", "--format", "ndjson")
            #expect(frames.output.split(separator: "\n").count == 2)
            let one = try await bench.run(
                "usage", "second", "--config", path, "--json",
                environment: ["SECOND_TUNNEL": tunnel.endpoint])
            #expect(one.status == 0, "\(one.messages)")
            #expect(one.output.contains("\"camera\" : \"second\""))
        }
        await tunnel.stop()
    }

    @Test(arguments: [
        (SIGTERM, [String](), Int32(0)), (SIGINT, [String](), Int32(0)), (SIGINT, ["--frames", "100000"], Int32(130)),
    ])
    func `ends cleanly at a signal, also while a server is silent`(
        signal: Int32, bound: [String], status: Int32
    ) async throws {
        let tunnel = try await simulator()
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let program = try Program(
                ["capture", "--endpoint-file", endpoint, "--interval", "100ms", "--json"] + bound, in: bench.folder,
                environment: ["PRINTLAPSE_ARCHIVE": bench.archive])
            #expect(try await program.says("stored frame"))
            tunnel.set(Fault(.silent))
            program.signal(signal)
            let result = try await program.result()
            #expect(result.status == status)
            #expect(try keys(result.output).contains("frames_stored"))
            let verify = try await bench.run("verify")
            #expect(verify.status == 0, "\(verify.output)")
        }
        await tunnel.stop()
    }

    @Test func `gives up at once at a second signal`() async throws {
        try await signalledWhileHeld { program, letGo in
            program.signal(SIGTERM)
            #expect(try await program.result().status == 130)
            try letGo()
        }
    }

    @Test func `ends in good order also where what is in flight needs longer than its grace`() async throws {
        try await signalledWhileHeld { program, letGo in
            try await ContinuousClock().sleep(for: .seconds(6))
            try letGo()
            let result = try await program.result()
            #expect(result.status == 0, "\(result.messages)")
            #expect(result.messages.contains("Slots: "), "\(result.messages)")
        }
    }

    /// A capture that was told to end once, and cannot: another program holds the database, so that the slot in flight cannot be
    /// recorded.
    private func signalledWhileHeld(_ body: (Program, _ letGo: () throws -> Void) async throws -> Void) async throws {
        let tunnel = try await simulator()
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            let program = try bench.start("capture", "--endpoint-file", endpoint, "--interval", "100ms")
            #expect(try await program.says("stored frame"))
            let (holder, input) = (Process(), Pipe())
            holder.executableURL = URL(filePath: "/usr/bin/sqlite3")
            holder.arguments = [bench.archive]
            holder.standardInput = input
            try holder.run()
            try input.fileHandleForWriting.write(
                contentsOf: Data(".timeout 5000\nBEGIN IMMEDIATE;\n.print held\n".utf8))
            let asked = tunnel.requests.count
            while tunnel.requests.count <= asked { try await ContinuousClock().sleep(for: .milliseconds(10)) }
            program.signal(SIGTERM)
            #expect(try await program.says("a second signal"))
            try await body(program) { try input.fileHandleForWriting.close() }
            holder.waitUntilExit()
        }
        await tunnel.stop()
    }

    @Test(arguments: [
        "authorize", "capture", "usage", "doctor", "frames", "frame", "prints", "timeline", "stats", "schema",
        "exclude", "pin", "note", "verify", "export", "simulate",
    ])
    func `has a help text for every command, of 80 columns`(command: String) async throws {
        try await ProgramBench.with { bench in
            let help = try await bench.run("help", command)
            #expect(help.status == 0)
            #expect(help.output.contains("USAGE: printlapse \(command)"))
            for line in help.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `completes its words in every common shell`(shell: String) async throws {
        try await ProgramBench.with { bench in
            let script = try await bench.run("--generate-completion-script", shell)
            #expect(script.status == 0)
            #expect(script.output.contains("timeline"))
        }
    }
}
