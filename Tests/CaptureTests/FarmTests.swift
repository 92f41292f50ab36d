import CaptureSupport
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

@Suite struct `Many cameras` {
    @Test func `do not wait for those whose pictures never come from the same host`() async throws {
        let silences = Array(repeating: ScriptedAnswer.silence, count: 24)
        let server = try await ScriptedServer.start(silences + [.http(text: "picture")])
        let connections = HTTPConnections()
        let request = HTTPExchangeRequest(try CameraURL(parsing: server.url + "/latest.jpg").address)
        // Only the one that arrives last is answered.
        let first = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<25 {
                group.addTask {
                    try? await connections.send(request, within: .seconds(20), atMost: ByteCount(1000)).status
                }
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        #expect(first == 200)
        await connections.shutdown()
        await server.stop()
    }

    @Test func `ask for their usage one after the other when a job starts`() async throws {
        try await CaptureBench.with(population: 5) { bench in
            let setups = try (1...4).map { try bench.setup("camera \($0)") }
            let readings = Mutex<[Timestamp]>([])
            _ = try await bench.run(
                setups, JobEnd(slots: 2), clock: bench.clock,
                tell: { event in
                    if case .usage(_, let reading) = event { readings.withLock { $0.append(reading.readAt) } }
                })
            let starts = (0..<4).map { CaptureBench.noon + CaptureJob.spread * $0 }
            #expect(readings.withLock { Array($0.prefix(4)) } == starts)
        }
    }

    @Test func `that are stopped before their turn comes ask for nothing`() async throws {
        let stop = CameraStop()
        let clock = VirtualClock(start: CaptureBench.noon, population: 2)
        stop.request()
        #expect(await !CameraStart.at(CaptureBench.noon + .seconds(1)).comes(by: clock, until: stop))
    }
}
