import Archive
import Catalog
import Foundation
import Simulator
import Storage
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `A capture with timelapses` {
    private struct Told: Decodable {
        struct Timelapse: Decodable {
            let rule: String
            let camera: String
            let print: Int64?
            let files: [String]
            let frames: Int
            let seconds: Double
            let bytes: Int64
            let poster: String?
        }
        let event: String
        let timelapse: Timelapse
    }

    private static let rules = """
        interval: 200ms
        cameras:
          - name: printer
            url: http://127.0.0.1:9/
        timelapses:
          - after: print
            into: films
        """

    /// An archive in which a print's timelapse is due.
    private func with(_ body: (_ bench: ProgramBench, _ config: String) async throws -> Void) async throws {
        try await ProgramBench.with { bench in
            let print = PrintJob(
                number: 7, state: .finished, startedAt: .wallClock - .seconds(3600),
                endedAt: .wallClock - .seconds(1800), toldBy: .octoPrint)
            try await bench.store((0..<20).map { print.startedAt + .seconds(60 * $0) }, of: print)
            let archive = try await FrameArchive.open(at: bench.archive, role: .edit)
            _ = try await archive.enter(
                ArchivedTimelapse(
                    rule: "print", camera: try CameraName("printer"), subject: .print(1), since: print.startedAt,
                    until: print.endedAt ?? .wallClock, dueAt: .wallClock))
            try await archive.close()
            try await body(bench, try bench.file("config.yaml", Self.rules))
        }
    }

    private func timelapses(_ bench: ProgramBench) async throws -> [ArchivedTimelapse] {
        let catalog = try Catalog.open(at: bench.archive)
        let timelapses = try await catalog.timelapses(limit: 9)
        try catalog.close()
        return timelapses
    }

    private func films(_ bench: ProgramBench) throws -> [String] {
        let folder = bench.folder.appending(path: "films").path
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder)
    }

    @Test func `that has an end leaves what is not ready then to the next one, and nothing half`() async throws {
        try await with { bench, config in
            // It answers what it is asked, and encodes for ever while there is a file “slow”.
            let tools = bench.folder.appending(path: "tools")
            try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
            let ffmpeg = tools.appending(path: "ffmpeg").path
            let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
            try Data(
                """
                #!/bin/sh
                case "$*" in *matroska*) touch begun; if [ -e slow ]; then exec sleep 600; fi;; esac
                PATH="\(path)" exec ffmpeg "$@"
                """.utf8
            ).write(to: URL(filePath: ffmpeg))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: ffmpeg)
            let environment = ["PATH": tools.path + ":" + path]
            let slow = try bench.file("slow", "")

            let begun = bench.folder.appending(path: "begun").path
            // What renders gives way to all others: on a busy machine it may not have begun so soon.
            for length in ["8s", "30s", "90s"] where !FileManager.default.fileExists(atPath: begun) {
                let bounded = try bench.start(
                    "capture", "--config", config, "--for", length, "--quiet", environment: environment)
                _ = try await bounded.result()
            }
            #expect(FileManager.default.fileExists(atPath: begun), "it was being made when the capture ended")
            let waiting = try #require(try await timelapses(bench).first)
            #expect(waiting.state == .waiting)
            #expect(waiting.attempts == 0, "it is no failure of its")
            #expect(try films(bench) == [])

            try FileManager.default.removeItem(atPath: slow)
            let next = try bench.start("capture", "--config", config, "--verbose", environment: environment)
            #expect(try await next.says(": 20 frames"))
            next.signal(SIGTERM)
            #expect(try await next.result().status == 0)
            let made = try #require(try await timelapses(bench).first)
            #expect(made.state == .made)
            #expect(made.frames == 20)
            #expect(try films(bench).count == 1)
        }
    }

    @Test func `are told of by who makes them without a capture`() async throws {
        try await with { bench, _ in
            let config = try bench.file(
                "telling.yaml",
                Self.rules + """

                    on_event:
                      command: [sh, -c, "cat >> told.json"]
                      events: timelapse_ready
                    """)
            let made = try await bench.run("timelapses", "run", "--config", config)
            #expect(made.status == 0, "\(made.messages)")
            let told = try JSONDecoder().decode(
                Told.self, from: try Data(contentsOf: bench.folder.appending(path: "told.json")))
            #expect(told.event == "timelapse_ready")
            #expect(told.timelapse.frames == 20)
            #expect(try told.timelapse.files.map { URL(filePath: $0).lastPathComponent } == films(bench))
        }
    }

    /// As under a service manager that lets nobody change priorities (`SystemCallFilter=~@resources`).
    @Test func `makes them at the usual priority where it may have no lower one`() async throws {
        try await with { bench, config in
            let calls = bench.folder.appending(path: "calls").path
            let capture = try bench.start(
                "capture", "--config", config, "--verbose",
                tracedBy: [
                    "strace", "-f", "--seccomp-bpf", "-o", calls, "-e", "trace=setpriority", "-e",
                    "inject=setpriority:error=EPERM",
                ])
            #expect(try await capture.says(": 20 frames"))
            let holder = try #require(LockHolder.current(ofArchive: bench.archive))
            #expect(kill(holder.process, SIGTERM) == 0)
            let result = try await capture.result()
            #expect(result.status == 0, "\(result.messages)")
            #expect(try await timelapses(bench).map(\.state) == [.made])
            #expect(!result.messages.contains("niceness"), "\(result.messages)")
            #expect(try String(contentsOfFile: calls, encoding: .utf8).contains("EPERM"))
        }
    }

    @Test func `has a print's there soon after the print is over, without a command, and tells of it`() async throws {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 64, height: 48)
        (settings.warmUp, settings.speed, settings.octoPrintKey) = (.zero, 20, "KEY")
        settings.printDuration = .seconds(500_000)
        let tunnel = try await SimulatedTunnel.start(settings)
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await ProgramBench.with { bench in
                    _ = try bench.file("tunnel.txt", tunnel.endpoint)
                    _ = try bench.file("key.txt", "KEY")
                    let config = try bench.file(
                        "config.yaml",
                        """
                        interval: 200ms
                        cameras:
                          - name: printer
                            endpoint_file: tunnel.txt
                            octoprint_key_file: key.txt
                        on_event:
                          command: [sh, -c, "cat > told.json"]
                          events: timelapse_ready
                        timelapses:
                          - after: print
                            wait: 1s
                            into: films
                            least_frames: 2
                            poster: yes
                        """)
                    let capture = try bench.start("capture", "--config", config, "--verbose")
                    while try capture.messagesSoFar().split(separator: "stored frame").count < 6, capture.isRunning {
                        try await ContinuousClock().sleep(for: .milliseconds(20))
                    }
                    tunnel.stopPrint()
                    #expect(try await capture.says("timelapse_ready was told by “sh”"))
                    capture.signal(SIGTERM)
                    #expect(try await capture.result().status == 0)

                    let told = try JSONDecoder().decode(
                        Told.self, from: try Data(contentsOf: bench.folder.appending(path: "told.json")))
                    #expect(told.event == "timelapse_ready")
                    #expect(told.timelapse.rule == "print")
                    #expect(told.timelapse.print == 1)
                    #expect(told.timelapse.frames >= 4)
                    #expect(told.timelapse.seconds > 0)
                    let films = bench.folder.appending(path: "films").path
                    let files = try FileManager.default.contentsOfDirectory(atPath: films).sorted()
                    #expect(
                        files.map { films + "/" + $0 }
                            == (told.timelapse.files + [told.timelapse.poster].compactMap(\.self)).sorted())
                    let list = try await bench.run("timelapses", "--json")
                    #expect(list.output.contains("\"state\":\"made\""), "\(list.output)")
                })
        } catch {
            result = .failure(error)
        }
        await tunnel.stop()
        try result.get()
    }
}
