import Archive
import Budget
import CaptureSupport
import Catalog
import HTTP
import Simulator
import Synchronization
import Testing
import Tunnel
import Vocabulary

@testable import Capture

@Suite struct `Near the cap` {
    private let cap = ByteCount(10_000_000)
    private var settings: SimulatorSettings {
        var settings = SimulatorSettings.small
        settings.monthlyCap = cap
        return settings
    }

    @Test(arguments: [(8_999_999, true), (9_000_000, false), (10_500_000, false)])
    func `captures stop exactly at the stop`(used: Int, captures: Bool) async throws {
        var settings = settings
        settings.used = ByteCount(used)
        try await CaptureBench.with(settings) { bench in
            // The last byte before the stop is left where pictures cost nothing: without a stop of ours 481 decides.
            let summary = try await bench.capture(
                JobEnd(slots: 3), change: { if captures { $0.policy.capStop = .fraction(0.95) } })
            #expect(summary.sawPictures == captures)
            #expect((summary.slots[.cap] ?? 0) == (captures ? 0 : 3))
            let pictures = bench.tunnel.requests.filter { $0.server == .account }
            #expect(pictures.isEmpty == !captures)
        }
    }

    @Test func `captures go on without a stop, and on an unlimited account`() async throws {
        var settings = settings
        settings.used = ByteCount(9_900_000)
        try await CaptureBench.with(settings) { bench in
            let summary = try await bench.capture(JobEnd(slots: 2), change: { $0.policy.capStop = .off })
            #expect(summary.sawPictures)
        }
        settings.monthlyCap = nil
        try await CaptureBench.with(settings) { bench in
            let unlimited = try await bench.capture(JobEnd(slots: 2))
            #expect(unlimited.sawPictures)
        }
    }

    @Test func `announced pictures go on above the stop where they are measured to be free, and live ones do not`()
        async throws
    {
        var settings = settings
        settings.pictureSize = PixelSize(width: 640, height: 480)
        settings.pictureInterval = .seconds(120)
        try await CaptureBench.with(settings, population: 3) { bench in
            let spent = CaptureBench.noon + .seconds(1800)
            let later = Mutex((announced: 0, live: 0, caps: 0))
            _ = try await bench.capture(
                JobEnd(slots: 60), interval: .seconds(60),
                change: { $0.source = .tunnel($0.endpoint!, .both(liveShare: 1)) },
                tell: { event in
                    guard case .slot(let report) = event else { return }
                    if report.slot.due == spent { bench.tunnel.setUsed(ByteCount(9_500_000)) }
                    // The next reading comes within five minutes.
                    guard report.slot.due > spent + .seconds(300) else { return }
                    later.withLock { counts in
                        if report.outcome == .cap { counts.caps += 1 }
                        if report.frame?.source == .live { counts.live += 1 }
                        if report.frame?.source == .webcamAPI { counts.announced += 1 }
                    }
                })
            let counts = later.withLock(\.self)
            #expect(counts.announced >= 10)
            #expect(counts.live == 0)
            #expect(counts.caps == 0)
            #expect(bench.tunnel.used == ByteCount(9_500_000))
        }
    }

    @Test func `captures resume when a reading shows room, and the ledger says why there is a hole`() async throws {
        var settings = settings
        settings.used = ByteCount(9_500_000)
        try await CaptureBench.with(settings) { bench in
            let summary = try await bench.capture(
                JobEnd(slots: 40), interval: .seconds(60),
                tell: { event in
                    // Somebody gives the account room after a while; the next reading finds it.
                    if case .slot(let report) = event, report.outcome == .cap { bench.tunnel.setUsed(.zero) }
                })
            #expect(summary.slots[.cap, default: 0] > 0)
            #expect(summary.sawPictures)
            let runs = try await bench.timeline()
            #expect(runs.first?.outcome == .cap)
            #expect(runs.first?.detail == SlotReason(.ownStop))
        }
    }

    @Test func `captures stop when another client of the account spends`() async throws {
        try await CaptureBench.with(settings) { bench in
            let summary = try await bench.capture(
                JobEnd(slots: 40), interval: .seconds(60),
                tell: { event in
                    if case .slot(let report) = event, report.outcome == .stored {
                        bench.tunnel.setUsed(ByteCount(9_200_000))
                    }
                })
            #expect(summary.sawPictures)
            #expect(summary.slots[.cap, default: 0] > 0)
        }
    }

    @Test func `captures resume at the true reset, although the server names a later one`() async throws {
        // Ten minutes before December, by the clock of both the job and the server.
        let eve = Timestamp(milliseconds: 1_796_083_200_000) - .seconds(600)
        var settings = settings
        settings.used = ByteCount(9_500_000)
        try await CaptureBench.with(settings, start: eve) { bench in
            let summary = try await bench.capture(JobEnd(slots: 30), interval: .seconds(30))
            #expect(summary.slots == [.cap: 20, .stored: 10])
            let runs = try await bench.timeline()
            #expect(runs.map(\.outcome) == [.cap, .stored])
            #expect(runs.last?.from == eve + .seconds(600))
        }
    }

    @Test func `the last reading is used when the usage call fails`() async throws {
        var settings = settings
        settings.used = ByteCount(5_000_000)
        try await CaptureBench.with(settings) { bench in
            _ = try await bench.capture(JobEnd(slots: 1))
            bench.tunnel.set(try Fault(parsing: "503 on usage"))
            let trusting = try await bench.capture(JobEnd(slots: 2))
            #expect(trusting.sawPictures)
            // The old reading stands: its total is past a stop of 4 MB.
            let stopped = try await bench.capture(
                JobEnd(slots: 2), change: { $0.policy.capStop = .bytes(ByteCount(4_000_000)) })
            #expect(stopped.slots[.cap] == 2)
        }
    }

    @Test func `a server that says 481 is left alone until the reset or a reading with room`() async throws {
        try await CaptureBench.with(settings) { bench in
            bench.tunnel.set(try Fault(parsing: "481 next 1 on webcam"))
            let summary = try await bench.capture(JobEnd(slots: 5))
            #expect(summary.slots[.cap] == 5)
            #expect(bench.tunnel.requests.filter { $0.path == "/_tsd_/webcam/0/" }.count == 1)
        }
    }

    @Test func `what a capture costs is measured from the readings`() async throws {
        var settings = settings
        settings.pictureSize = PixelSize(width: 640, height: 480)
        try await CaptureBench.with(settings) { bench in
            _ = try await bench.capture(JobEnd(slots: 120))
            let records = try await Catalog.open(at: bench.path).usageReadings(camera: bench.camera)
            #expect(records.count >= 2)
            var budget = Budget()
            for record in records.reversed() {
                budget.replay(record.reading, received: record.received, captures: record.captures)
            }
            // The webcam API's pictures cost nothing, and nobody else spends.
            let newest = try #require(records.first).reading
            #expect(budget.report(at: newest.readAt).meteredBytesPerFrame == .zero)
        }
    }
}
