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
            var acknowledged: [FrameID: String] = [:]
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
                acknowledged.merge(Self.acknowledgements(in: try await program.result().messages)) { $1 }
            }
            #expect(acknowledged.count >= Self.kills / 2)

            let catalog = try Catalog.open(at: bench.archive)
            for (id, sha256) in acknowledged {
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

    /// The frames that the log says are stored; the last line may be cut.
    private static func acknowledgements(in messages: String) -> [FrameID: String] {
        struct Line: Decodable {
            var frame: Int64?
            var sha256: String?
        }
        return messages.split(separator: "\n").reduce(into: [:]) { frames, text in
            guard let line = try? JSONDecoder().decode(Line.self, from: Data(text.utf8)), let id = line.frame else {
                return
            }
            frames[FrameID(id)] = line.sha256
        }
    }
}
