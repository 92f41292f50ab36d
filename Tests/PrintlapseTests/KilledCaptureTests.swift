import Care
import Catalog
import Foundation
import Simulator
import Testing
import Vocabulary

@Suite struct `A capture that is killed` {
    /// How often; each time at another moment.
    static let kills = 100

    @Test func `has lost nothing that it acknowledged, stored nothing half, and left no hole in the ledger`()
        async throws
    {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 320, height: 240)
        settings.speed = 250
        settings.warmUp = .zero
        settings.printDuration = .seconds(500_000)
        settings.faults = [try Fault(parsing: "torn:5")]
        let tunnel = try await SimulatedTunnel.start(settings)
        try await ProgramBench.with { bench in
            let endpoint = try bench.file("tunnel.txt", tunnel.endpoint)
            var acknowledged = Acknowledgements()
            var generator = SystemRandomNumberGenerator()

            for kill in 0..<Self.kills {
                let program = try bench.start(
                    "capture", "--endpoint-file", endpoint, "--interval", "50ms", "--log-format", "json")
                // The moment of death is what is tested, from before the archive is open to well into capturing.
                // Half of them die capturing, however slow the machine is.
                if kill.isMultiple(of: 2) { #expect(try await program.says(#""frame":"#)) }
                let most = kill.isMultiple(of: 2) ? 300 : 900
                try await ContinuousClock().sleep(for: .milliseconds(Int.random(in: 10...most, using: &generator)))
                program.signal(SIGKILL)
                acknowledged.add(Acknowledgements(in: try await program.result().messages))
            }
            #expect(acknowledged.frames.count >= Self.kills / 2)

            let catalog = try Catalog.open(at: bench.archive)
            for (id, sha256) in acknowledged.frames {
                let frame = try #require(try await catalog.frame(id), "frame \(id) was acknowledged and is gone")
                #expect("\(frame.sha256)" == sha256)
            }
            let report = try await catalog.verify()
            #expect(report.isSound, "\(report.damaged) \(report.problems)")

            let runs = try await catalog.timeline()
            for (one, next) in zip(runs, runs.dropFirst()) {
                #expect(next.from <= one.until + max(one.interval, next.interval))
                #expect(next.from > one.lastSlot)
            }
        }
        await tunnel.stop()
    }
}
