import Archive
import CaptureSupport
import Catalog
import HTTP
import NIOCore
import Simulator
import Snapshots
import Synchronization
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

@Suite struct `Pictures that do not come whole` {
    /// A camera at an address of its own, captured by a clock that nobody else sleeps by.
    private func capture(
        _ slots: Int, from server: ScriptedServer, in bench: CaptureBench,
        tell: @escaping @Sendable (CaptureEvent) -> Void = { _ in }
    ) async throws -> CaptureSummary {
        let url = try CameraURL(parsing: "\(server.url)/snapshot.jpg")
        let setup = CameraSetup(name: bench.camera, source: .url(url), policy: .every(.seconds(10)))
        let clock = VirtualClock(start: bench.clock.now(), population: 1)
        return try await bench.run([setup], JobEnd(slots: slots), clock: clock, tell: tell).total
    }

    @Test func `are had of a camera that needs a second to wake`() async throws {
        try await CaptureBench.with { bench in
            let picture = ByteBuffer(bytes: TestJPEG.picture().bytes)
            try await ScriptedServer.with(.http(body: picture)) { server in
                let clock = VirtualClock(start: CaptureBench.noon, population: 1)
                let first = Mutex<Timestamp?>(nil)
                let setup = CameraSetup(
                    name: bench.camera, source: .url(try CameraURL(parsing: "\(server.url)/snapshot.jpg")),
                    policy: .every(.seconds(15)))
                let summary = try await bench.run(
                    [setup], JobEnd(slots: 1), clock: clock,
                    through: { connections in
                        SpoiledTransport(connections, at: "/snapshot.jpg") { () async throws(HTTPError) in
                            let asked = first.withLock { first in
                                first = first ?? clock.now()
                                return first ?? clock.now()
                            }
                            return clock.now() - asked < .seconds(1) ? HTTPExchangeResponse(status: 200) : nil
                        }
                    }
                ).total
                #expect(summary.slots == [.stored: 1])
            }
        }
    }

    @Test func `are downloaded once a slot where the camera sends the same torn bytes for ever`() async throws {
        try await CaptureBench.with { bench in
            let torn = ByteBuffer(bytes: TestJPEG.picture().bytes).getSlice(at: 0, length: 500)!
            try await ScriptedServer.with(.http(body: torn)) { server in
                let told = Mutex<[String]>([])
                let summary = try await capture(10, from: server, in: bench) { event in
                    if case .faultLasts(_, let reason) = event { told.withLock { $0.append(reason) } }
                }
                #expect(summary.slots == [.rejected: 10])
                #expect(server.requests.count == 11)
                #expect(told.withLock(\.count) == 1)
                #expect(summary.bytesReceived == ByteCount(5500))
            }
        }
    }

    @Test func `heal by themselves`() async throws {
        try await CaptureBench.with { bench in
            let picture = ByteBuffer(bytes: TestJPEG.picture().bytes)
            let torn = picture.getSlice(at: 0, length: 500)!
            let answers = Array(repeating: ScriptedAnswer.http(body: torn), count: 4) + [.http(body: picture)]
            let server = try await ScriptedServer.start(answers)
            let healed = Mutex(0)
            let summary = try await capture(5, from: server, in: bench) { event in
                if case .faultOver = event { healed.withLock { $0 += 1 } }
            }
            await server.stop()
            #expect(summary.slots == [.rejected: 3, .stored: 1, .duplicate: 1])
            #expect(healed.withLock(\.self) == 1)
        }
    }

    @Test func `are whole all the same where more was promised than a whole picture`() async throws {
        try await CaptureBench.with { bench in
            let picture = ByteBuffer(bytes: TestJPEG.picture().bytes)
            let head = ScriptedAnswer.head(headers: [("Content-Length", "\(picture.readableBytes + 48)")])
            let answer = ScriptedAnswer([.send(head), .send(picture), .close])
            try await ScriptedServer.with(answer) { server in
                let summary = try await capture(3, from: server, in: bench)
                #expect(summary.slots == [.stored: 1, .duplicate: 2])
                #expect(server.requests.count == 3)
            }
        }
    }

    @Test(arguments: ["truncated on live", "short on live", "html on live"])
    func `are booked as ours to the last byte`(fault: String) async throws {
        var settings = SimulatorSettings.small
        settings.pictureSize = PixelSize(width: 640, height: 480)
        settings.monthlyCap = ByteCount(300_000_000)
        try await CaptureBench.with(settings) { bench in
            bench.tunnel.set(try Fault(parsing: fault))
            let summary = try await bench.capture(
                JobEnd(slots: 12), change: { $0.source = .tunnel($0.endpoint!, .live) })
            #expect(summary.slots == [.rejected: 12])
            let newest = try #require(try await Catalog.open(at: bench.path).usageReadings(camera: bench.camera).first)
            #expect(newest.proxied == summary.bytesReceived)
            // Three slots of three attempts at the most, and then one a slot.
            #expect(bench.tunnel.requests.filter { $0.path == "/webcam/" }.count <= 18)
            let ledger = try await bench.timeline().map(\.bytes).reduce(.zero, +)
            #expect(ledger == summary.bytesReceived)
        }
    }
}

@Suite struct `A refusal` {
    @Test(arguments: [
        "401 next 1 on webcam", "403 next 1 on webcam", "redirect=302,http://192.0.2.1/ next 1 on webcam",
    ])
    func `that stays the only one costs no slot`(fault: String) async throws {
        try await CaptureBench.with { bench in
            bench.tunnel.set(try Fault(parsing: fault))
            let summary = try await bench.capture(JobEnd(slots: 6))
            #expect(summary.slots == [.stored: 6])
        }
    }

    /// Captures as a job without an end does, which a refusal does not end.
    private func capture(
        _ slots: Int, in bench: CaptureBench, tell: @escaping @Sendable (CaptureEvent) -> Void
    ) async throws {
        let (changes, change) = AsyncStream.makeStream(of: CaptureSettings.self)
        let end = CaptureBench.noon + .seconds(10 * (slots - 1))
        _ = try await bench.run(
            [try bench.setup()], changes: changes, clock: bench.clock,
            tell: { event in
                tell(event)
                guard case .slot(let report) = event, report.slot.due == end else { return }
                change.yield(CaptureSettings(cameras: [], room: RoomRules(minimumFree: .zero)))
                change.finish()
            })
    }

    @Test func `that is repeated is asked about seldom, and so is the usage, which is told once`() async throws {
        try await CaptureBench.with { bench in
            bench.tunnel.set(try Fault(parsing: "401"))
            let told = Mutex(0)
            try await capture(360, in: bench) { event in
                if case .usageUnknown = event { told.withLock { $0 += 1 } }
            }
            let asked = bench.tunnel.requests
            // In an hour: each slot of 10 s for a minute, and then after a sixth of the time that it was so by then.
            #expect((22...40).contains(asked.filter { $0.path == "/_tsd_/webcam/0/" }.count))
            #expect((18...40).contains(asked.filter { $0.path == "/_tsd_/tunnelusage/" }.count))
            #expect(told.withLock(\.self) == 1)
        }
    }

    @Test func `is over with the next good answer of the tunnel, to whatever question`() async throws {
        try await CaptureBench.with { bench in
            bench.tunnel.set(try Fault(parsing: "401 on webcam"))
            let restored = CaptureBench.noon + .seconds(1800)
            try await capture(300, in: bench) { event in
                if case .slot(let report) = event, report.slot.due == restored { bench.tunnel.clearFaults() }
            }
            // By then the webcam API is asked every quarter of an hour; the usage, every five minutes.
            let back = try #require(try await bench.timeline().first { $0.outcome == .stored }).from
            #expect(back > restored && back <= restored + .seconds(320))
        }
    }
}
