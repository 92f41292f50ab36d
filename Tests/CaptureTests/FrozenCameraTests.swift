import HTTP
import NIOCore
import Simulator
import Synchronization
import TestSupport
import Testing
import Tunnel
import Vocabulary

@testable import Capture

@Suite struct `A camera that hangs` {
    private let start = Timestamp(milliseconds: 0)

    @Test func `is told of once, after its time, counted while a print runs`() {
        var watch = FrozenWatch(patience: .seconds(60))
        var changes: [FrozenWatch.Change?] = []
        for second in stride(from: 0, through: 200, by: 10) {
            changes.append(watch.saw(.same, isPrinting: second >= 50, at: start + .seconds(second)))
        }
        #expect(changes.compactMap(\.self) == [.froze(since: start + .seconds(50))])
        #expect(changes[11] != nil)
        #expect(watch.saw(.other, isPrinting: true, at: start + .seconds(210)) == .thawed)
        #expect(watch.saw(.other, isPrinting: true, at: start + .seconds(220)) == nil)
        for second in stride(from: 230, to: 290, by: 10) {
            #expect(watch.saw(.same, isPrinting: true, at: start + .seconds(second)) == nil)
        }
    }

    @Test func `is none where the owner wants it so`() {
        var watch = FrozenWatch(patience: nil)
        for hour in 0..<100 { #expect(watch.saw(.same, isPrinting: true, at: start + .seconds(3600 * hour)) == nil) }
    }

    @Test(arguments: [true, false])
    func `is noticed while the server says that it prints`(prints: Bool) async throws {
        var settings = SimulatorSettings.small
        settings.pictureInterval = .seconds(10)
        try await CaptureBench.with(settings) { bench in
            if !prints { bench.tunnel.stopPrint() }
            let picture = ByteBuffer(bytes: TestJPEG.picture().bytes)
            let told = Mutex<[String]>([])
            _ = try await bench.capture(
                JobEnd(slots: 60), change: { $0.policy.frozenAfter = .seconds(300) },
                through: { SpoiledTransport($0, at: ".jpg") { HTTPExchangeResponse(status: 200, body: picture) } },
                tell: { event in
                    switch event {
                    case .frozen(_, let since): told.withLock { $0.append("frozen since \(since)") }
                    case .thawed: told.withLock { $0.append("thawed") }
                    default: break
                    }
                })
            // The second picture is the first that is the same.
            #expect(told.withLock(\.self) == (prints ? ["frozen since \(CaptureBench.noon + .seconds(10))"] : []))
        }
    }
}
