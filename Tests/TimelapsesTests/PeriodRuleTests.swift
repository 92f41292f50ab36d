import Archive
import Testing
import Timelapses
import Vocabulary

@Suite struct `A rule for periods` {
    /// What a month of looks every half hour came to, as the archive would have it.
    private func month(of rule: TimelapseRule, clock: (Int) -> Timestamp?) -> [ArchivedTimelapse] {
        let planner = TimelapsePlanner(rule)
        var known: [ArchivedTimelapse.Subject: ArchivedTimelapse] = [:]
        var standing: RuleStanding?
        for step in 0..<(33 * 48) {
            guard let now = clock(step) else { continue }
            var looked = standing ?? RuleStanding(from: now)
            looked.heed(clockAt: now)
            for period in planner.periods(standing: looked, at: now) {
                guard let timelapse = planner.timelapse(of: period, camera: .mk3, frames: 900, at: now) else {
                    continue
                }
                if known[timelapse.subject] == nil { known[timelapse.subject] = timelapse }
                looked.planned(until: period.upperBound)
            }
            standing = looked
        }
        return known.values.sorted { $0.since < $1.since }
    }

    private let begin = berlin("2026-10-01 09:00")

    @Test func `has each day of a month once, also the one on which clocks are set`() {
        let days = month(of: .every(.day, at: "20:00")) { begin + .seconds(1800 * $0) }
        #expect(days.count == 33)
        #expect(days.first?.since == berlin("2026-09-30 20:00"))
        #expect(zip(days, days.dropFirst()).allSatisfy { $0.until == $1.since })
        #expect(days.count { $0.until - $0.since == .seconds(25 * 3600) } == 1)
    }

    @Test func `makes up for the days on which nobody looked`() {
        let days = month(of: .every(.day)) { (200..<900).contains($0) ? nil : begin + .seconds(1800 * $0) }
        #expect(days.count == 33)
    }

    @Test func `makes none twice where the clock is set back, by an hour or by days`() {
        for back in [3600, 86_400 * 5] {
            let days = month(of: .every(.day)) { begin + .seconds(1800 * $0 - ($0 > 500 ? back : 0)) }
            #expect(days.count == 33 - back / 86_400)
            #expect(zip(days, days.dropFirst()).allSatisfy { $0.until == $1.since })
        }
    }

    @Test func `goes on by the right time after a clock that was ten years fast`() {
        let days = month(of: .every(.day)) { begin + .seconds(1800 * $0 + ($0 == 300 ? 315_360_000 : 0)) }
        #expect(days.count { $0.until <= begin + .seconds(33 * 86_400) } == 33)
    }

    @Test func `leaves out a camera without frames and one that is not its`() {
        var rule = TimelapseRule.every(.day)
        rule.cameras = [.mk3]
        let planner = TimelapsePlanner(rule)
        let period = berlin("2026-11-23")..<berlin("2026-11-24")
        #expect(planner.timelapse(of: period, camera: .mk3, frames: 0, at: period.upperBound) == nil)
        #expect(planner.timelapse(of: period, camera: .mk4, frames: 99, at: period.upperBound) == nil)
        #expect(planner.timelapse(of: period, camera: .mk3, frames: 9, at: period.upperBound)?.state == .skipped)
    }

    @Test func `waits for what is on its way to the archive`() {
        let planner = TimelapsePlanner(.every(.day))
        let standing = RuleStanding(from: berlin("2026-11-23 12:00"))
        let midnight = berlin("2026-11-24")
        #expect(planner.periods(standing: standing, at: midnight + .seconds(29)).isEmpty)
        #expect(planner.periods(standing: standing, at: midnight + .seconds(30)).count == 1)
        #expect(planner.nextInstant(after: midnight) == midnight + .seconds(30))
        #expect(planner.nextInstant(after: midnight + .seconds(30)) == berlin("2026-11-25") + .seconds(30))
    }
}

@Suite struct `A rolling rule` {
    private let planner = TimelapsePlanner(
        TimelapseRule(name: "r", occasion: .rolling(.seconds(86_400), renewed: .seconds(3600)), folder: "/t"))

    private func renewed(
        _ known: ArchivedTimelapse?, at now: Timestamp, newFrames: Int = 60
    ) throws -> ArchivedTimelapse? {
        planner.timelapse(
            of: try #require(planner.window(at: now)), camera: .mk3, known: known, newFrames: newFrames, frames: 900,
            at: now)
    }

    @Test func `is one, of the time just past, made anew each hour in which there are new frames`() throws {
        let first = try #require(try renewed(nil, at: utc("2026-11-23 10:20")))
        #expect(first.since == utc("2026-11-22 10:00"))
        #expect(first.until == utc("2026-11-23 10:00"))
        #expect(try renewed(first, at: utc("2026-11-23 10:59")) == nil)
        #expect(try renewed(first, at: utc("2026-11-23 11:00"), newFrames: 0) == nil)
        let second = try #require(try renewed(first, at: utc("2026-11-23 11:00")))
        #expect(second.subject == first.subject)
        #expect(second.until == utc("2026-11-23 11:00"))
        #expect(planner.nextInstant(after: utc("2026-11-23 11:00")) == utc("2026-11-23 12:00"))
    }

    @Test func `is made anew once after a week without the program, and after a clock that was years fast`() throws {
        let first = try #require(try renewed(nil, at: utc("2026-11-23 10:20")))
        let later = try #require(try renewed(first, at: utc("2026-11-30 10:20")))
        #expect(try renewed(later, at: utc("2026-11-30 10:40")) == nil)
        let future = try #require(try renewed(later, at: utc("2036-11-30 10:20")))
        #expect(try renewed(future, at: utc("2026-11-30 12:20"))?.until == utc("2026-11-30 12:00"))
    }

    @Test func `is tried no more often than its failures let it`() throws {
        var failed = try #require(try renewed(nil, at: utc("2026-11-23 10:20")))
        for _ in 0..<5 {
            failed.begin(as: [])
            failed.fail("no", hint: nil, at: utc("2026-11-23 10:30"))
        }
        let again = try #require(try renewed(failed, at: utc("2026-11-23 11:00")))
        #expect(!again.isReady(at: utc("2026-11-23 11:00")))
        #expect(again.isReady(at: utc("2026-11-23 22:30")))
    }
}
