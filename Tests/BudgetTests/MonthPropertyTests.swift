import TestThreads
import Testing
import Vocabulary

@testable import Budget

/// Other spenders, outages, late resets, changed caps, usage calls that fail, pictures that cost nothing, a part or all.
@Suite struct `In a random month` {
    private static let stop = 0.9

    @Test(.ownThread, arguments: 0..<60 as Range<UInt64>)
    func `plain captures stay below the stop and miss at most 5 % of what could be had`(seed: UInt64) {
        let month = RandomMonth(seed: seed)
        var run = MonthRun(month, below: Self.stop)
        run.run()
        #expect(run.overruns == 0)
        let most = AllKnowingSchedule(of: month, below: Self.stop).mostFrames()
        #expect(Double(run.frames) >= 0.95 * Double(most), "\(run.frames) of \(most)")
    }

    @Test(.ownThread, arguments: 0..<60 as Range<UInt64>)
    func `paced captures last, keep the reserve and miss at most 5 % of what could be had so`(seed: UInt64) {
        let month = RandomMonth(seed: seed)
        var random = month.random
        let reserve = [0, 0.2].randomElement(using: &random)!
        var run = MonthRun(month, below: Self.stop, reserve: reserve, pace: Pace())
        run.run()
        #expect(run.overruns == 0)
        let most = AllKnowingSchedule(of: month, below: Self.stop).lastingFrames(reserve: reserve)
        #expect(Double(run.frames) >= 0.95 * most, "\(run.frames) of \(most)")
        #expect(run.intrusions == 0)
        #expect(run.misplaced == 0)
    }
}
