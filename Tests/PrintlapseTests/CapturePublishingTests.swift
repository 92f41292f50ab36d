import Catalog
import Foundation
import NIOCore
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `A capture that publishes by itself` {
    /// Runs a capture of a camera that shows another picture each second, with a hub to be told of it.
    private static func capturing(
        to store: String, more lines: String = "", environment: [String: String] = [:],
        _ body: (ProgramBench, Program) async throws -> Void
    ) async throws {
        let pictures = (0..<90).map { number in
            ScriptedAnswer.http(body: ByteBuffer(bytes: TestJPEG.picture(width: 96, height: 64, seed: number).bytes))
        }
        let camera = try await ScriptedServer.start(pictures)
        try await ProgramBench.with { bench in
            let configuration = try bench.file(
                "config.yaml",
                """
                interval: 1s
                cameras:
                  - name: printer
                    url: \(camera.url)/snapshot.jpg
                publish:
                  to: \(store)
                  name: rack 7
                  every: 1s

                """ + lines)
            let program = try bench.start("capture", "--config", configuration, environment: environment)
            try await body(bench, program)
            program.signal(SIGTERM)
            let result = try await program.result()
            #expect(result.status == 0, "\(result.messages.suffix(500))")
            // Nothing of a store's is any slot's.
            let catalog = try Catalog.open(at: bench.archive)
            let runs = try await catalog.timeline()
            #expect(runs.filter { $0.outcome != .stored && $0.detail != SlotReason(.notRunning) }.isEmpty, "\(runs)")
            #expect(runs.reduce(0) { $0 + $1.slots } >= 3)
            try catalog.close()
        }
        await camera.stop()
    }

    private static func folder(_ bench: TemporaryFolder, _ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: bench(name), withIntermediateDirectories: false)
        return bench(name)
    }

    /// Until a hub has so many of its frames.
    private static func follow(_ store: String, _ bench: ProgramBench, until frames: Int) async throws {
        let hub = bench.folder.appending(path: "hub.sqlite").path
        try await wait(for: "\(frames) frames on the hub", looking: .milliseconds(300)) {
            let followed = try await bench.run("follow", store, "--archive", hub)
            guard followed.output.contains("✓ rack 7") else { return false }
            let catalog = try Catalog.open(at: hub)
            defer { try? catalog.close() }
            return try await catalog.frames(FrameQuery()).count >= frames
        }
    }

    @Test func `tells its hub, beside one that is told by hand, and after its store was away`() async throws {
        let folder = try TemporaryFolder()
        let store = try Self.folder(folder, "store")
        try await Self.capturing(to: store) { bench, program in
            try await Self.follow(store, bench, until: 3)
            let byHand = try await bench.run("publish")
            #expect(byHand.status == 0, "\(byHand.messages)")
            let status = try await bench.run("status")
            #expect(status.output.contains("  Hub       “rack 7” told up to segment "), "\(status.output)")
            #expect(status.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(status.output)")

            try FileManager.default.moveItem(atPath: store, toPath: store + "-away")
            #expect(try await program.says("cannot be published to"))
            try await wait(for: "the alert in status") {
                try await bench.run("status").output.contains("records could not be published for ")
            }
            let before = try await bench.run("frames", "--format", "ndjson").output.split(separator: "\n").count
            try await wait(for: "frames while the store is away") {
                try await bench.run("frames", "--format", "ndjson").output.split(separator: "\n").count > before + 2
            }
            try FileManager.default.moveItem(atPath: store + "-away", toPath: store)
            try await wait(for: "the store to be told again") {
                try program.messagesSoFar().components(separatedBy: "records are published to").count == 3
            }
            try await Self.follow(store, bench, until: before + 2)
            // Said once, however often it was tried.
            #expect(try program.messagesSoFar().components(separatedBy: "cannot be published to").count == 2)
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs leave to mount a tmpfs"))
    func `goes on while its store is full, and tells when it is not`() async throws {
        let disk = try SmallDisk(kilobytes: 512)
        let store = disk.path
        try await Self.capturing(to: store) { bench, program in
            #expect(try await program.says("records are published to"))
            try disk.fill()
            #expect(try await program.says("cannot be published to"))
            let messages = try program.messagesSoFar()
            #expect(messages.contains("full"), "\(messages)")
            try disk.clear()
            try await wait(for: "the store to be told again") {
                try program.messagesSoFar().components(separatedBy: "records are published to").count == 3
            }
            try await Self.follow(store, bench, until: 3)
        }
    }

    @Test func `goes on while its store says nothing`() async throws {
        try await ScriptedServer.with(.silence) { server in
            try await Self.capturing(
                to: "'s3://farm/catalog?endpoint=\(server.url)'",
                environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "key"]
            ) { bench, _ in
                try await wait(for: "frames") {
                    try await bench.run("frames", "--format", "ndjson").output.split(separator: "\n").count > 5
                }
                #expect(server.connections > 0)
            }
        }
    }

    @Test func `tells of another archive that publishes as this machine, once, until a person settles it`() async throws
    {
        let folder = try TemporaryFolder()
        let store = try Self.folder(folder, "store")
        let told = folder("told")
        let lines = "on_event:\n  command: [sh, -c, 'cat >> \(told); echo >> \(told)']\n"
        try await Self.capturing(to: store, more: lines) { bench, program in
            try await Self.follow(store, bench, until: 2)
            let copied = try await bench.run("backup", "copy.sqlite", "--quiet")
            #expect(copied.status == 0, "\(copied.messages)")
            let copy = bench.folder.appending(path: "copy.sqlite").path
            // Without what the capture told meanwhile the copy is behind: it takes the machine's place by its owner's word.
            let taken = try await bench.run("publish", store, "--archive", copy, "--restored")
            #expect(taken.status == 0, "\(taken.messages)")
            #expect(try await program.says("that this archive did not write"))
            try await wait(for: "the doctor to say so") {
                let doctor = try await bench.run("doctor", "--config", "config.yaml")
                return doctor.output.contains("✗ hub") && doctor.output.contains("publish --restored")
            }
            try await wait(for: "the event") {
                ((try? String(contentsOfFile: told, encoding: .utf8)) ?? "").contains("publish_failing")
            }
            // A few attempts later.
            try await ContinuousClock().sleep(for: .seconds(4))
            let settled = try await bench.run("publish", "--restored")
            #expect(settled.status == 0, "\(settled.messages)")
            try await wait(for: "the hub to be told again") {
                try program.messagesSoFar().components(separatedBy: "records are published to").count == 3
            }
            let events = try String(contentsOfFile: told, encoding: .utf8)
            #expect(events.components(separatedBy: "publish_failing").count == 2, "\(events)")
            let messages = try program.messagesSoFar()
            #expect(messages.components(separatedBy: "warning This archive's records cannot").count == 2, "\(messages)")
        }
    }

    @Test func `begins and ends where the configuration says so while it runs`() async throws {
        let folder = try TemporaryFolder()
        let store = try Self.folder(folder, "store")
        let other = try Self.folder(folder, "other")
        try await Self.capturing(to: folder("nowhere")) { bench, program in
            #expect(try await program.says("cannot be published to \(folder("nowhere"))"))
            let text = try String(contentsOf: bench.folder.appending(path: "config.yaml"), encoding: .utf8)
            _ = try bench.file("config.yaml", text.replacing(folder("nowhere"), with: store))
            #expect(try await program.says("records are published to \(store)"))
            try await Self.follow(store, bench, until: 2)
            // What is published already is not in the other one: nothing is begun there without a person's word.
            _ = try bench.file("config.yaml", text.replacing(folder("nowhere"), with: other))
            #expect(try await program.says("is not in \(other)"))
            _ = try bench.file("config.yaml", String(text.prefix(while: { _ in true }).split(separator: "publish:")[0]))
            try await wait(for: "the alert to be over") {
                try await !bench.run("status").output.contains("records could not be published")
            }
        }
    }
}
