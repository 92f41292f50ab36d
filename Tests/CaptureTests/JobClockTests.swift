import Synchronization
import Testing
import Vocabulary

@testable import Capture

@Suite struct `The job's clock` {
    private final class WallClock: Sendable {
        let time: Mutex<Timestamp>
        init(_ time: Timestamp) { self.time = Mutex(time) }
        func move(by duration: Duration) { time.withLock { $0 = $0 + duration } }
        var read: @Sendable () -> Timestamp { { self.time.withLock(\.self) } }
    }

    private let noon = Timestamp(milliseconds: 1_795_435_200_000)

    @Test func `never goes back when the wall clock is set back`() {
        let wall = WallClock(noon)
        let clock = SystemJobClock(notBefore: nil, wall: wall.read)
        let before = clock.now()
        wall.move(by: .seconds(-3600))
        #expect(clock.now() >= before)
    }

    @Test func `follows at once when the wall clock is set forward`() {
        let wall = WallClock(noon)
        let clock = SystemJobClock(notBefore: nil, wall: wall.read)
        wall.move(by: .seconds(86_400))
        #expect(clock.now() >= noon + .seconds(86_400))
    }

    @Test func `begins after the newest slot in the ledger where the wall clock was set back before the start`() {
        let newest = noon + .seconds(7200)
        let clock = SystemJobClock(notBefore: newest, wall: WallClock(noon).read)
        #expect(clock.now() >= newest)
    }
}
