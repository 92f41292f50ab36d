import Testing
import Vocabulary

@testable import Capture

@Suite struct `A camera's schedule` {
    let start = Timestamp(milliseconds: 1_000_000)
    var schedule: SlotSchedule { SlotSchedule(grid: SlotGrid(start: start, interval: .seconds(10))) }

    @Test func `has its slots on a fixed grid, however late each one ran`() {
        var schedule = schedule
        for index in 0..<5 {
            let due = start + .seconds(10 * index)
            let woken = schedule.wake(at: due + .milliseconds(70))
            #expect(woken.missed.isEmpty)
            #expect(schedule.grid.slot(woken.current).due == due)
            #expect(schedule.finished(at: due + .seconds(3)).isEmpty)
        }
    }

    @Test func `gives up the slots that came due while one was busy, and goes on in the future`() {
        var schedule = schedule
        _ = schedule.wake(at: start)
        #expect(schedule.finished(at: start + .seconds(25)) == 1..<3)
        #expect(schedule.grid.slot(schedule.next).due == start + .seconds(30))
    }

    @Test func `gives up a slot that comes due just as the one before ends`() {
        var schedule = schedule
        _ = schedule.wake(at: start)
        #expect(schedule.finished(at: start + .seconds(10)) == 1..<2)
        var other = self.schedule
        _ = other.wake(at: start)
        #expect(other.finished(at: start + .milliseconds(9999)).isEmpty)
    }

    @Test func `runs one slot after a suspend and not a burst of them`() {
        var schedule = schedule
        _ = schedule.wake(at: start)
        _ = schedule.finished(at: start + .seconds(1))
        let woken = schedule.wake(at: start + .seconds(3605))
        #expect(woken.missed == 1..<360)
        #expect(woken.current == 360)
        #expect(schedule.next == 361)
    }

    @Test func `gives every slot exactly one outcome, whatever happens`() {
        var generator = SeededGenerator(seed: 7)
        var schedule = SlotSchedule(grid: SlotGrid(start: start, interval: .milliseconds(700)))
        var now = start
        var seen: [Int] = []
        for _ in 0..<2000 {
            now = max(now, schedule.grid.slot(schedule.next).due)
            now =
                now + .milliseconds(Int.random(in: 0...(Bool.random(using: &generator) ? 3 : 4000), using: &generator))
            let woken = schedule.wake(at: now)
            seen += Array(woken.missed) + [woken.current]
            now = now + .milliseconds(Int.random(in: 0...1500, using: &generator))
            seen += Array(schedule.finished(at: now))
        }
        #expect(seen == Array(0..<seen.count))
    }
}

@Suite struct `The time between two runs of a job` {
    let end = Timestamp(milliseconds: 50_000)

    @Test(arguments: [(0, 0), (1, 1), (9_999, 1), (10_000, 1), (10_001, 2), (95_000, 10)])
    func `counts the slots of the old grid that went by before the start`(later: Int, slots: Int) {
        let downtime = Downtime(after: end, interval: .seconds(10), until: end + .milliseconds(later))
        #expect((downtime?.slots ?? 0) == slots)
        #expect(downtime?.first ?? end == end)
    }

    @Test func `is none where the program came back before the next slot was due`() {
        #expect(Downtime(after: end, interval: .seconds(10), until: end - .seconds(4)) == nil)
    }
}

/// A small generator (SplitMix64, Steele et al. 2014), the same for every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
