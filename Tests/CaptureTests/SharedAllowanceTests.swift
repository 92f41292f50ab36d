import CaptureSupport
import Catalog
import HTTP
import Simulator
import Synchronization
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

@Suite struct `Cameras whose tunnels belong to one account` {
    private var settings: SimulatorSettings {
        var settings = SimulatorSettings.small
        settings.monthlyCap = ByteCount(1_000_000)
        return settings
    }

    private final class Accounts: Sendable {
        let seen = Mutex<[[CameraName]]>([])

        func observe(_ event: CaptureEvent) {
            if case .allowance(let cameras, _) = event { seen.withLock { $0.append(cameras) } }
        }
    }

    @Test func `share one budget from the start where their owner says so, and one usage call`() async throws {
        try await CaptureBench.with(settings, population: 3) { bench in
            var setups = [try bench.setup("left", .live), try bench.setup("right", .live)]
            for index in setups.indices { setups[index].policy.account = "mine" }
            let accounts = Accounts()
            let summary = try await bench.run(
                setups, JobEnd(slots: 90), clock: bench.clock, tell: { accounts.observe($0) })
            #expect(summary.total.framesStored > 4)
            let readings = bench.tunnel.requests.filter { $0.path == "/_tsd_/tunnelusage/" }.count
            // Once at the start, every five minutes in fifteen, once at the end.
            #expect((4...6).contains(readings), "\(readings)")
            #expect(accounts.seen.withLock { $0.contains { $0.map(\.text) == ["left", "right"] } })
        }
    }

    @Test func `are recognised when their readings move together, and stop together`() async throws {
        var settings = settings
        settings.pictureSize = PixelSize(width: 320, height: 240)
        try await CaptureBench.with(settings, population: 3) { bench in
            let setups = [
                try bench.setup("left", .live, interval: .seconds(60)),
                try bench.setup("right", .live, interval: .seconds(60)),
            ]
            let accounts = Accounts()
            let summary = try await bench.run(
                setups, JobEnd(slots: 120), clock: bench.clock, tell: { accounts.observe($0) })
            #expect(accounts.seen.withLock { $0.contains { $0.count == 2 } })
            #expect(bench.tunnel.used <= ByteCount(900_000))
            let left = try #require(summary.cameras[try CameraName("left")])
            let right = try #require(summary.cameras[try CameraName("right")])
            #expect(left.slots[.cap, default: 0] > 0)
            #expect(right.slots[.cap, default: 0] > 0)
            #expect(try await bench.isSound())
        }
    }

    @Test func `have budgets of their own where their totals differ`() async throws {
        let other = try await SimulatedTunnel.start(.small)
        other.setUsed(ByteCount(77_777))
        try await CaptureBench.with(settings, population: 3) { bench in
            bench.tunnel.setUsed(ByteCount(55_555))
            let stranger = CameraSetup(
                name: try CameraName("stranger"), source: .tunnel(try TunnelEndpoint(parsing: other.endpoint)),
                policy: .every(.seconds(60)))
            let accounts = Accounts()
            _ = try await bench.run(
                [try bench.setup(interval: .seconds(60)), stranger], JobEnd(slots: 30), clock: bench.clock,
                tell: { accounts.observe($0) })
            #expect(accounts.seen.withLock { $0.allSatisfy { $0.count == 1 } })
        }
        await other.stop()
    }
}
