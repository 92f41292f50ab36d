import Budget
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

@Suite struct `Capturing the live camera through the tunnel` {
    private var settings: SimulatorSettings {
        var settings = SimulatorSettings.small
        settings.monthlyCap = ByteCount(1_000_000)
        return settings
    }

    @Test func `is counted by the server byte for byte, and by us`() async throws {
        try await CaptureBench.with(settings) { bench in
            let summary = try await bench.capture(
                JobEnd(slots: 20), change: { $0.source = .tunnel($0.endpoint!, .live) })
            #expect(summary.slots == [.stored: 20])
            #expect(bench.tunnel.used == summary.bytesReceived)
            let catalog = try Catalog.open(at: bench.path)
            #expect(try await catalog.frames(FrameQuery()).allSatisfy { $0.source == .live })
            let newest = try #require(try await catalog.usageReadings(camera: bench.camera).first)
            #expect(newest.proxied == newest.received)
            #expect(newest.reading.total == summary.bytesReceived)
        }
    }

    @Test func `stops before our stop, and asks for nothing after it`() async throws {
        var settings = settings
        settings.monthlyCap = ByteCount(400_000)
        settings.pictureSize = PixelSize(width: 320, height: 240)
        try await CaptureBench.with(settings) { bench in
            let summary = try await bench.capture(
                JobEnd(slots: 45), change: { $0.source = .tunnel($0.endpoint!, .live) })
            #expect(summary.slots[.stored, default: 0] > 3)
            #expect(summary.slots[.cap, default: 0] > 3)
            #expect(bench.tunnel.used <= ByteCount(360_000))
            #expect(bench.tunnel.used >= ByteCount(300_000))
            let asked = bench.tunnel.requests.filter { $0.path == "/webcam/" }.count
            #expect(asked == summary.slots[.stored])
            #expect(try await bench.timeline().last?.detail == SlotReason(.ownStop))
        }
    }

    @Test(arguments: [
        (481, SlotOutcome.cap, "over_cap"), (482, .offline, "printer_offline"), (483, .timeout, "printer_timeout"),
        (484, .unavailable, "tunnels_unavailable"), (502, .offline, "bad_gateway"), (504, .offline, "gateway_timeout"),
        (401, .unauthorized, "unauthorized"), (404, .noPicture, "not_found"),
    ])
    func `ends a slot as the tunnel's status says`(status: Int, outcome: SlotOutcome, label: String) async throws {
        try await CaptureBench.with(settings) { bench in
            bench.tunnel.set(try Fault(parsing: "\(status) on live"))
            _ = try await bench.capture(JobEnd(slots: 1), change: { $0.source = .tunnel($0.endpoint!, .live) })
            let runs = try await bench.timeline()
            #expect(runs.map(\.outcome) == [outcome])
            #expect(runs.first?.detail?.label == label)
        }
    }

    @Test func `goes beside announced pictures where those are not new, only while a print runs`() async throws {
        var settings = settings
        settings.pictureInterval = .seconds(60)
        try await CaptureBench.with(settings, population: 3) { bench in
            let summary = try await bench.capture(
                JobEnd(slots: 30), change: { $0.source = .tunnel($0.endpoint!, .both(liveShare: 0.5)) },
                tell: { event in
                    if case .slot(let report) = event, report.slot.due == CaptureBench.noon + .seconds(120) {
                        bench.tunnel.stopPrint()
                    }
                })
            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            let live = frames.filter { $0.source == .live }
            let announced = frames.filter { $0.source == .webcamAPI }
            // Between the announced pictures while the print runs, and none once an idle picture has ended it.
            #expect(live.count >= 9)
            #expect(try #require(live.last).capturedAt < CaptureBench.noon + .seconds(250))
            #expect(announced.count >= 3)
            #expect(live.allSatisfy { $0.print == frames.first?.print })
            #expect(bench.tunnel.used == live.map(\.bytes).reduce(.zero, +))
            #expect(summary.slots[.unchanged, default: 0] + summary.slots[.duplicate, default: 0] >= 4)
        }
    }

    @Test func `takes no more of the allowance than its share`() async throws {
        var settings = settings
        settings.pictureInterval = .seconds(600)
        settings.monthlyCap = ByteCount(2_000_000)
        settings.pictureSize = PixelSize(width: 320, height: 240)
        try await CaptureBench.with(settings, population: 3) { bench in
            _ = try await bench.capture(
                JobEnd(slots: 55), change: { $0.source = .tunnel($0.endpoint!, .both(liveShare: 0.15)) })
            #expect((262_144...300_000).contains(bench.tunnel.used.bytes), "\(bench.tunnel.used)")
        }
    }

    @Test func `leaves the announced pictures alone where the live camera fails`() async throws {
        var settings = settings
        settings.pictureInterval = .seconds(20)
        try await CaptureBench.with(settings, population: 3) { bench in
            bench.tunnel.set(try Fault(parsing: "482 on live"))
            let summary = try await bench.capture(
                JobEnd(slots: 20), change: { $0.source = .tunnel($0.endpoint!, .both(liveShare: 0.5)) })
            #expect(summary.slots == [.stored: 10, .unchanged: 10])
            // It is left alone for longer and longer.
            let asked = bench.tunnel.requests.filter { $0.path == "/webcam/" }.count
            #expect((1...14).contains(asked), "\(asked)")
        }
    }

    // MARK: Live pictures that do not come

    @Test func `never keeps an announced picture waiting, however long the agent is silent`() async throws {
        var settings = settings
        settings.pictureInterval = .seconds(20)
        try await CaptureBench.with(settings, population: 3) { bench in
            let asked = Mutex(0)
            let summary = try await bench.capture(
                JobEnd(slots: 90), change: { $0.source = .tunnel($0.endpoint!, .both(liveShare: 0.5)) },
                through: { connections in
                    SpoiledTransport(connections, at: "/webcam/") { () async throws(HTTPError) in
                        asked.withLock { $0 += 1 }
                        try await bench.clock.pass(.seconds(55))
                        return HTTPExchangeResponse(status: 483)
                    }
                })
            #expect(summary.slots[.missed] == nil)
            #expect(summary.slots[.stored] == 45)
            #expect(summary.slots[.unchanged] == 45)
            // 55 s each, and longer and longer pauses.
            #expect((2...10).contains(asked.withLock(\.self)))
            let isSound = try await bench.isSound()
            #expect(isSound)
        }
    }

    @Test func `keeps a picture that comes late, in the slot in which it comes`() async throws {
        var settings = settings
        settings.pictureInterval = .seconds(600)
        try await CaptureBench.with(settings, population: 3) { bench in
            let summary = try await bench.capture(
                JobEnd(slots: 31), change: { $0.source = .tunnel($0.endpoint!, .both(liveShare: 0.5)) },
                through: { connections in
                    SpoiledTransport(connections, at: "/webcam/") { () async throws(HTTPError) in
                        try await bench.clock.pass(.seconds(24))
                        return nil
                    }
                })
            // An announced picture in the first slot; then of every three slots two end before the live picture is there.
            #expect(summary.slots == [.stored: 11, .unchanged: 20])
            let frames = try await Catalog.open(at: bench.path).frames(FrameQuery())
            #expect(frames.filter { $0.source == .live }.count == 10)
            #expect(frames.map(\.capturedAt) == frames.map(\.capturedAt).sorted())
            let runs = try await bench.timeline()
            #expect(runs.filter { $0.outcome == .unchanged }.allSatisfy { $0.slots == 2 })
            #expect(bench.tunnel.used == frames.filter { $0.source == .live }.map(\.bytes).reduce(.zero, +))
            #expect(runs.map(\.bytes).reduce(.zero, +) == frames.map(\.bytes).reduce(.zero, +))
        }
    }

    @Test(arguments: ["481 on live", "481 on octoprint,live"])
    func `stops where the server says that the cap is met, and announced pictures go on`(fault: String) async throws {
        var settings = settings
        settings.pictureInterval = .seconds(20)
        try await CaptureBench.with(settings, population: 3) { bench in
            bench.tunnel.set(try Fault(parsing: fault))
            let reports = Mutex<[BudgetReport]>([])
            let summary = try await bench.capture(
                JobEnd(slots: 20), change: { $0.source = .tunnel($0.endpoint!, .both(liveShare: 0.5)) },
                tell: { event in
                    if case .allowance(_, let report) = event { reports.withLock { $0.append(report) } }
                })
            #expect(summary.slots == [.stored: 10, .unchanged: 10])
            #expect(bench.tunnel.requests.filter { $0.path == "/webcam/" }.count == 1)
            let refused = reports.withLock(\.self).filter { $0.proxiedPause == .serverRefused }
            #expect(!refused.isEmpty)
            #expect(refused.allSatisfy { $0.pause == nil })
        }
    }
}
