import Care
import Catalog
import Foundation
import Simulator
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(2))) struct `A capture that runs out` {
    private static let settings = {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 320, height: 240)
        settings.speed = 250
        settings.warmUp = .zero
        settings.printDuration = .seconds(500_000)
        settings.monthlyCap = nil
        return settings
    }()

    @Test func `of descriptors says so, and goes on when there are some again`() async throws {
        try await Self.with { bench, tunnel, endpoint in
            let program = try bench.start(
                "capture", "--endpoint-file", endpoint, "--interval", "50ms", "--log-format", "json")
            #expect(try await program.says(#""frame":"#))
            // Connections that are hung up are to be made anew, and cannot be.
            try await program.limit("--nofile=5:")
            tunnel.set(try Fault(parsing: "hang-up on webcam,picture"))
            #expect(try await program.says("too many open files"))

            tunnel.clearFaults()
            try await program.limit("--nofile=1024:")
            let stored = try Acknowledgements(in: program.messagesSoFar()).frames.count
            #expect(try await program.acknowledges(more: stored))
            program.signal(SIGTERM)
            let result = try await program.result()
            #expect(result.status == 0)
            try await Self.expectAll(Acknowledgements(in: result.messages), in: bench)
            let details = try await Catalog.open(at: bench.archive).timeline().map(\.detail?.label)
            #expect(details.contains("descriptors"), "\(details)")
        }
    }

    @Test func `of memory loses nothing by it`() async throws {
        try await Self.with { bench, tunnel, endpoint in
            var acknowledged = Acknowledgements()
            for _ in 0..<5 {
                tunnel.clearFaults()
                let program = try bench.start(
                    "capture", "--endpoint-file", endpoint, "--interval", "50ms", "--log-format", "json",
                    environment: ["SWIFT_BACKTRACE": "enable=no"])
                #expect(try await program.says(#""frame":"#))
                // What it has it may keep; what a body without an end takes is no longer there. (Linux takes 0 for no limit.)
                try await program.limit("--data=4096:")
                tunnel.set(try Fault(parsing: "endless"))
                let result = try await program.result()
                #expect(result.status != 0)
                acknowledged.add(Acknowledgements(in: result.messages))
            }
            try await Self.expectAll(acknowledged, in: bench)
        }
    }

    /// From too few for the archive to those that are just enough.
    @Test func `of descriptors when it starts leaves an archive that the next start goes on with`() async throws {
        try await Self.with { bench, _, endpoint in
            var acknowledged = Acknowledgements()
            for limit in stride(from: 6, through: 30, by: 3) {
                let program = try Program(
                    [
                        "capture", "--endpoint-file", endpoint, "--interval", "50ms", "--slots", "3", "--log-format",
                        "json",
                    ],
                    tracedBy: ["prlimit", "--nofile=\(limit)"], in: bench.folder,
                    environment: ["PRINTLAPSE_ARCHIVE": bench.archive, "SWIFT_BACKTRACE": "enable=no"])
                let result = try await program.result()
                // With a few more than none a library ends the process; an end of our own says why.
                #expect(result.status != 1 || !result.messages.isEmpty)
                acknowledged.add(Acknowledgements(in: result.messages))
            }
            let next = try await bench.run(
                "capture", "--endpoint-file", endpoint, "--interval", "50ms", "--slots", "5", "--log-format", "json")
            #expect(next.status == 0, "\(next.messages)")
            acknowledged.add(Acknowledgements(in: next.messages))
            #expect(!acknowledged.frames.isEmpty)
            try await Self.expectAll(acknowledged, in: bench)
        }
    }

    private static func with(_ body: (ProgramBench, SimulatedTunnel, String) async throws -> Void) async throws {
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            try await body(bench, tunnel, try bench.file("tunnel.txt", tunnel.endpoint))
        }
        await tunnel.stop()
    }

    /// Every frame that was acknowledged is there, and the archive is sound.
    private static func expectAll(_ acknowledged: Acknowledgements, in bench: ProgramBench) async throws {
        let catalog = try Catalog.open(at: bench.archive)
        for (id, sha256) in acknowledged.frames {
            let frame = try #require(try await catalog.frame(id), "frame \(id) was acknowledged and is gone")
            #expect("\(frame.sha256)" == sha256)
        }
        let report = try await catalog.verify()
        #expect(report.isSound, "\(report.damaged) \(report.problems)")
    }
}

extension Program {
    /// Sets one of its limits while it runs, as prlimit(1) takes it: `--nofile=5:` for the soft one.
    func limit(_ limit: String) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/prlimit")
        process.arguments = ["--pid", "\(identifier)", limit]
        try process.run()
        try await process.ended()
        #expect(process.terminationStatus == 0)
    }

    /// Waits until it has acknowledged more frames than so many, or has ended.
    func acknowledges(more count: Int) async throws -> Bool {
        while isRunning {
            if try Acknowledgements(in: messagesSoFar()).frames.count > count { return true }
            try await ContinuousClock().sleep(for: .milliseconds(10))
        }
        return false
    }
}
