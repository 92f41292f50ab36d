import Care
import Catalog
import Foundation
import Simulator
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(2))) struct `A capture whose archive has no room` {
    private static let settings = {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 320, height: 240)
        settings.speed = 250
        settings.warmUp = .zero
        settings.printDuration = .seconds(500_000)
        settings.monthlyCap = nil
        return settings
    }()

    /// Captures until three frames are there, takes the room away, reads meanwhile, gives it back, and ends the capture.
    private func capture(
        into archive: (ProgramBench) -> String, _ arguments: [String] = [],
        take: (Program, _ archive: String) async throws -> Void, give: (Program) async throws -> Void,
        detail: SlotReason
    ) async throws {
        let tunnel = try await SimulatedTunnel.start(Self.settings)
        try await ProgramBench.with { bench in
            let archive = archive(bench)
            let program = try bench.start(
                "capture", "--archive", archive, "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint),
                "--interval", "50ms", "--log-format", "json", arguments: arguments)
            #expect(try await program.acknowledges(more: 2))
            try await take(program, archive)
            #expect(try await program.says("captures pause"))

            let listed = try await bench.run("frames", "--archive", archive, "--json", "--limit", "1")
            #expect(listed.status == 0, "\(listed.messages)")
            #expect(listed.output.contains("sha256"))

            try await give(program)
            #expect(try await program.says("captures go on"))
            let stored = try Acknowledgements(in: program.messagesSoFar()).frames.count
            #expect(try await program.acknowledges(more: stored))
            program.signal(SIGTERM)
            let result = try await program.result()
            #expect(result.status == 0, "\(result.messages.suffix(500))")
            // Said once, and not at every slot.
            #expect(result.messages.components(separatedBy: "captures pause").count == 2)

            let catalog = try Catalog.open(at: archive)
            for (id, sha256) in Acknowledgements(in: result.messages).frames {
                let frame = try #require(try await catalog.frame(id), "frame \(id) was acknowledged and is gone")
                #expect("\(frame.sha256)" == sha256)
            }
            let report = try await catalog.verify()
            #expect(report.isSound, "\(report.damaged) \(report.problems)")
            let runs = try await catalog.timeline().filter { $0.outcome == .disk }
            #expect(Set(runs.map(\.detail)) == [detail])
            try catalog.close()
        }
        await tunnel.stop()
    }

    @Test func `because its file may grow no more, pauses and goes on when it may`() async throws {
        try await capture(
            into: \.archive, ["--min-free", "0"],
            take: { program, archive in
                let log = try FileManager.default.attributesOfItem(atPath: archive + "-wal")[.size] as? Int ?? 0
                try await program.limit("--fsize=\(log):")
            },
            give: { try await $0.limit("--fsize=unlimited:") }, detail: SlotReason(.full))
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs leave to mount a tmpfs"))
    func `because the disk is full, pauses and goes on when it is not`() async throws {
        let disk = try SmallDisk(kilobytes: 32_768)
        try await capture(
            into: { _ in disk.path + "/archive.sqlite" }, ["--min-free", "0"],
            take: { _, _ in try disk.fill() }, give: { _ in try disk.clear() }, detail: SlotReason(.full))
    }

    /// After a capture that was killed, whose log is there still, and after one that ended.
    @Test(.enabled(if: SmallDisk.isPossible, "needs leave to mount a tmpfs"), arguments: [SIGKILL, SIGTERM])
    func `because the disk is full to the last byte, is given some by a prune`(signal: Int32) async throws {
        let tunnel = try await SimulatedTunnel.start(Self.settings)
        try await ProgramBench.with { bench in
            let disk = try SmallDisk(kilobytes: 32_768)
            let archive = disk.path + "/archive.sqlite"
            let capture = try bench.start(
                "capture", "--archive", archive, "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint),
                "--interval", "20ms", "--min-free", "0", "--log-format", "json", arguments: [])
            #expect(try await capture.acknowledges(more: 60))
            capture.signal(signal)
            _ = try await capture.result()
            try disk.fill()

            let pruned = try await bench.run("prune", "--archive", archive, "--max-size", "600kB", "--apply", "--json")
            #expect([0, 3].contains(pruned.status), "\(pruned.messages)")
            #expect(pruned.output.contains("\"applied\""), "\(pruned.output)")
            let catalog = try Catalog.open(at: archive)
            #expect(try await catalog.count(FrameQuery()).frames < 40)
            #expect(try await catalog.verify().isSound)
            try catalog.close()
        }
        await tunnel.stop()
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs leave to mount a tmpfs"))
    func `because less is free than the floor, pauses and goes on when there is more`() async throws {
        let disk = try SmallDisk(kilobytes: 131_072)
        try await capture(
            into: { _ in disk.path + "/archive.sqlite" }, ["--min-free", "20MB"],
            take: { _, _ in try disk.take(115_000_000) }, give: { _ in try disk.clear() }, detail: SlotReason(.lowSpace)
        )
    }

    /// Without an archive, and with one that another left there when it was killed.
    @Test(.enabled(if: SmallDisk.isPossible, "needs leave to mount a tmpfs"), arguments: [false, true])
    func `because the disk is full from the start, waits for some and goes on`(isThere: Bool) async throws {
        let tunnel = try await SimulatedTunnel.start(Self.settings)
        try await ProgramBench.with { bench in
            let disk = try SmallDisk(kilobytes: 32_768)
            let archive = disk.path + "/archive.sqlite"
            let arguments = [
                "capture", "--archive", archive, "--endpoint-file", try bench.file("tunnel.txt", tunnel.endpoint),
                "--interval", "200ms", "--min-free", "0", "--log-format", "json",
            ]
            var acknowledged = Acknowledgements()
            if isThere {
                let first = try bench.start(arguments: arguments)
                #expect(try await first.acknowledges(more: 2))
                first.signal(SIGKILL)
                acknowledged.add(Acknowledgements(in: try await first.result().messages))
                try FileManager.default.removeItem(atPath: archive + "-shm")
            }
            try disk.fill()
            let stopped = try bench.start(arguments: arguments)
            #expect(try await stopped.says("captures pause"))
            stopped.signal(SIGTERM)
            #expect(try await stopped.result().status == 0)

            let program = try bench.start(arguments: arguments)
            #expect(try await program.says("captures pause"))
            try await ContinuousClock().sleep(for: .seconds(1))
            try disk.clear()
            #expect(try await program.says("captures go on"))
            #expect(try await program.acknowledges(more: 2))
            program.signal(SIGTERM)
            let result = try await program.result()
            #expect(result.status == 0, "\(result.messages.suffix(500))")
            acknowledged.add(Acknowledgements(in: result.messages))

            let catalog = try Catalog.open(at: archive)
            for (id, sha256) in acknowledged.frames {
                let frame = try #require(try await catalog.frame(id), "frame \(id) was acknowledged and is gone")
                #expect("\(frame.sha256)" == sha256)
            }
            let runs = try await catalog.timeline()
            #expect(runs.contains { $0.outcome == .disk && $0.detail == SlotReason(.full) && $0.slots >= 5 })
            for (one, next) in zip(runs, runs.dropFirst()) {
                #expect(next.from <= one.until + max(one.interval, next.interval))
                #expect(next.from > one.lastSlot)
            }
            #expect(try await catalog.verify().isSound)
            try catalog.close()
        }
        await tunnel.stop()
    }
}
