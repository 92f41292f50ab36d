import Testing
import Timelapses
import Vocabulary

@Suite struct `A job that has timelapses made` {
    private let noon = utc("2026-11-23 12:00")

    @Test func `looks at its beginning, and once an hour at least`() {
        var alarm = TimelapseAlarm()
        #expect(alarm.isDue(at: noon))
        alarm.looks()
        alarm.looked(at: noon, next: nil)
        #expect(alarm.rest(at: noon + .seconds(60)) == .seconds(3540))
        #expect(alarm.isDue(at: noon + .seconds(3600)))
    }

    @Test func `looks after each print, and when the clock says so`() {
        var alarm = TimelapseAlarm()
        alarm.looks()
        alarm.looked(at: noon, next: noon + .seconds(600))
        alarm.printEnded(at: noon + .seconds(10), patience: .seconds(60))
        alarm.printEnded(at: noon + .seconds(30), patience: .seconds(60))
        #expect(alarm.rest(at: noon + .seconds(30)) == .seconds(41))
        alarm.looked(at: noon + .seconds(71), next: noon + .seconds(600))
        #expect(alarm.rest(at: noon + .seconds(71)) == .seconds(20), "the second print's is to come")
        alarm.looked(at: noon + .seconds(91), next: noon + .seconds(600))
        #expect(alarm.isDue(at: noon + .seconds(600)))
        #expect(!alarm.isDue(at: noon + .seconds(599)))
    }

    @Test func `looks at once where the clock was set back, or the rules are others`() {
        var alarm = TimelapseAlarm()
        alarm.looks()
        alarm.looked(at: noon, next: nil)
        #expect(alarm.isDue(at: noon - .seconds(7200)))
        #expect(!alarm.isDue(at: noon))
        alarm.rulesChanged()
        #expect(alarm.isDue(at: noon))
    }

    @Test func `looks again where the rules changed while it looked`() {
        var alarm = TimelapseAlarm()
        alarm.looks()
        alarm.rulesChanged()
        alarm.looked(at: noon, next: nil)
        #expect(alarm.isDue(at: noon))
    }
}
