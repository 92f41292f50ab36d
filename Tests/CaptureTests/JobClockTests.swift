import Archive
import CaptureSupport
import Storage
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

    @Test(arguments: [-3600, 3600, -9 * 365 * 86_400, 9 * 365 * 86_400])
    func `goes on as before where the wall clock is set, until that is followed`(seconds: Int) async throws {
        let wall = WallClock(noon)
        let clock = SystemJobClock(pause: .milliseconds(1), wall: wall.read)
        wall.move(by: .seconds(seconds))
        #expect((noon...noon + .seconds(60)).contains(clock.now()))
        let leap = try await clock.leap()
        // The wall stands still in this test, so some of the time that passed counts.
        #expect((leap.shift - .seconds(seconds)).milliseconds.magnitude < 60_000)
        clock.follow(leap)
        let expected = noon + .seconds(seconds)
        #expect((expected - .seconds(60)...expected + .seconds(60)).contains(clock.now()))
    }

    @Test func `takes a leap second, and what drifts, for no leap`() async throws {
        let wall = WallClock(noon)
        let clock = SystemJobClock(pause: .milliseconds(1), wall: wall.read)
        wall.move(by: .seconds(-1))
        let isOver = Mutex(false)
        let watch = Task {
            let leap = try await clock.leap()
            return (leap, isOver.withLock(\.self))
        }
        try await clock.sleep(until: clock.now() + .milliseconds(50))
        isOver.withLock { $0 = true }
        wall.move(by: .seconds(-3600))
        let (leap, wasOver) = try await watch.value
        #expect(wasOver)
        #expect(leap.shift < .seconds(-3600))
    }
}

@Suite struct `The beginning of a camera's grid` {
    private let noon = Timestamp(milliseconds: 1_795_435_200_000)
    private let camera = try! CameraName("printer")

    private func run(until end: Timestamp) -> LedgerRun {
        LedgerRun(
            camera: camera, outcome: .stored, detail: nil, from: end - .seconds(100), interval: .seconds(10), slots: 10,
            bytes: .zero, frame: nil)
    }

    @Test func `tells of a leap forward as of one long slot, however far it is`() {
        let leap = ClockLeap(before: noon, after: noon + .seconds(9 * 366 * 86_400))
        let rest = CameraRest(next: noon + .seconds(3))
        let beginning = GridStart(
            .afterLeap(rest, leap), at: leap.after, interval: .seconds(10), after: run(until: noon + .seconds(3)))
        #expect(beginning.start == leap.after + .seconds(3))
        #expect(beginning.missed.map(\.slots) == [1])
        #expect(beginning.missed.map(\.detail) == [SlotReason(.clockSet)])
        #expect(beginning.missed.map(\.first) == [noon + .seconds(3)])
    }

    @Test func `keeps the grid's step over a leap back, and does not wait`() {
        let leap = ClockLeap(before: noon, after: noon - .seconds(7200))
        let rest = CameraRest(next: noon + .seconds(3))
        let beginning = GridStart(
            .afterLeap(rest, leap), at: leap.after, interval: .seconds(10), after: run(until: noon - .seconds(7197)))
        #expect(beginning.start == leap.after + .seconds(3))
        #expect(beginning.missed == [])
    }

    @Test func `counts what was lost while all cameras came to rest`() {
        let leap = ClockLeap(before: noon, after: noon - .seconds(7200))
        let rest = CameraRest(next: noon - .seconds(35))
        let beginning = GridStart(.afterLeap(rest, leap), at: leap.after, interval: .seconds(10), after: nil)
        #expect(beginning.start == leap.after - .seconds(5))
        #expect(beginning.missed.map(\.slots) == [3])
    }

    @Test(arguments: [(86_400, 8640), (366 * 86_400, 3_162_240), (367 * 86_400, 1), (30 * 366 * 86_400, 1)])
    func `counts the slots of a downtime, unless that is longer than a year`(seconds: Int, slots: Int) {
        let beginning = GridStart(
            .at(noon + .seconds(seconds)), at: noon, interval: .seconds(10), after: run(until: noon))
        #expect(beginning.missed.map(\.slots) == [slots])
        #expect(beginning.start == noon + .seconds(seconds))
    }
}
