import CaptureSupport
import Catalog
import HTTP
import Simulator
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

/// November and two days of December, by a clock that runs as fast as the machine can: two live cameras, each with an account of
/// its own that cannot pay for every slot, and an owner who uses some of it as well.
@Suite struct `A month of live pictures` {
    /// 2026-11-01T00:00:00Z
    private static let november = Timestamp(milliseconds: 1_793_491_200_000)
    private static let december = Timestamp(milliseconds: 1_796_083_200_000)
    private static let cap = ByteCount(12_000_000)
    private static let interval = Duration.seconds(1800)

    private var settings: SimulatorSettings {
        var settings = SimulatorSettings.small
        settings.pictureSize = PixelSize(width: 320, height: 240)
        settings.printDuration = .seconds(40 * 86_400)
        settings.monthlyCap = Self.cap
        return settings
    }

    @Test func `stops before the cap does it, or is spread over the month, and resumes at the true reset`() async throws
    {
        try await CaptureBench.with(settings, start: Self.november, population: 3) { bench in
            var settings = settings
            settings.now = { bench.clock.now() }
            let other = try await SimulatedTunnel.start(settings)
            var paced = CameraSetup(
                name: try CameraName("paced"), source: .tunnel(try TunnelEndpoint(parsing: other.endpoint), .live),
                policy: .every(Self.interval))
            paced.policy.isPaced = true
            let plain = try bench.setup("plain", .live, interval: Self.interval)

            let summary = try await bench.run(
                [plain, paced], JobEnd(duration: Self.december - Self.november + .seconds(2 * 86_400)),
                clock: bench.clock,
                tell: { event in
                    // The owner looks at the camera on the fifth day.
                    let fifthDay = Self.november + .seconds(5 * 86_400)
                    guard case .slot(let report) = event, report.slot.due >= fifthDay,
                        report.slot.due < fifthDay + Self.interval
                    else { return }
                    let tunnel = report.camera == plain.name ? bench.tunnel : other
                    tunnel.setUsed(tunnel.used + ByteCount(1_000_000))
                })

            let catalog = try Catalog.open(at: bench.path)
            for (camera, tunnel) in [(plain.name, bench.tunnel), (paced.name, other)] {
                try await expectAgreement(catalog, of: camera, tunnel)
                #expect(summary.cameras[camera]?.slots[.missed] == nil)
            }
            try await expectEarlyStop(catalog, of: plain.name)
            try await expectEvenSpread(catalog, of: paced.name)
            await other.stop()
        }
    }

    /// The ledger, the readings and the server's count are one story.
    private func expectAgreement(_ catalog: Catalog, of camera: CameraName, _ tunnel: SimulatedTunnel) async throws {
        let ledger = try await catalog.timeline(TimelineQuery(camera: camera)).map(\.bytes).reduce(.zero, +)
        let frames = try await catalog.frames(FrameQuery(camera: camera))
        let records = try await catalog.usageReadings(camera: camera)
        #expect(ledger == frames.map(\.bytes).reduce(.zero, +))
        // In bytes: sums that are a picture apart read alike.
        #expect(records.map(\.proxied.bytes).reduce(0, +) == ledger.bytes)

        let inNovember = frames.filter { $0.capturedAt < Self.december }.map(\.bytes).reduce(.zero, +)
        let last = try #require(records.first { $0.reading.readAt < Self.december }).reading
        #expect(last.total == inNovember + ByteCount(1_000_000))
        #expect(last.total <= ByteCount(Self.cap.bytes / 10 * 9))
        let inDecember = frames.filter { $0.capturedAt >= Self.december }
        #expect(inDecember.count >= 2)
        #expect(tunnel.used == inDecember.map(\.bytes).reduce(.zero, +))
    }

    /// Every slot is taken until the stop, none from there to the reset, and all again from then on.
    private func expectEarlyStop(_ catalog: Catalog, of camera: CameraName) async throws {
        let runs = try await catalog.timeline(TimelineQuery(camera: camera))
        #expect(runs.map(\.outcome) == [.stored, .cap, .stored])
        #expect(runs[1].detail == SlotReason(.ownStop))
        #expect(runs[1].until == Self.december)
        #expect(runs[0].bytes + ByteCount(1_000_000) > ByteCount(Self.cap.bytes / 10 * 9 - 100_000))
    }

    private func expectEvenSpread(_ catalog: Catalog, of camera: CameraName) async throws {
        let november = try await catalog.frames(FrameQuery(camera: camera)).filter { $0.capturedAt < Self.december }
        let spent = november.map(\.bytes).reduce(.zero, +) + ByteCount(1_000_000)
        #expect(spent > ByteCount(Self.cap.bytes * 9 / 10 * 95 / 100), "\(spent)")
        let weeks = (0..<4).map { week in
            november.count { frame in
                (frame.capturedAt - Self.november).milliseconds / (7 * 86_400_000) == Int64(week)
            }
        }
        let (least, most) = (try #require(weeks.min()), try #require(weeks.max()))
        #expect(Double(most) < 2 * Double(least), "\(weeks)")
    }
}
