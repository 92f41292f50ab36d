import Testing

@testable import Archive

@Suite struct `The checkpoints of the log` {
    @Test func `begin beside the writer at half the limit`() {
        var schedule = CheckpointSchedule(limit: 200)
        #expect(schedule.step(pages: 99) == .none)
        #expect(schedule.step(pages: 100) == .besideTheWriter)
    }

    @Test func `are not begun again while the log has hardly grown`() {
        var schedule = CheckpointSchedule(limit: 200)
        #expect(schedule.step(pages: 120) == .besideTheWriter)
        #expect(schedule.step(pages: 130) == .none)
        #expect(schedule.step(pages: 219) == .none)
    }

    @Test func `are the writer's own at the limit`() {
        var schedule = CheckpointSchedule(limit: 200)
        #expect(schedule.step(pages: 100) == .besideTheWriter)
        #expect(schedule.step(pages: 200) == .betweenCommits)
        #expect(schedule.step(pages: 250) == .none)
        #expect(schedule.step(pages: 300) == .betweenCommits)
    }

    @Test func `count from nothing when the log begins anew`() {
        var schedule = CheckpointSchedule(limit: 200)
        #expect(schedule.step(pages: 150) == .besideTheWriter)
        #expect(schedule.step(pages: 3) == .none)
        #expect(schedule.step(pages: 99) == .none)
        #expect(schedule.step(pages: 101) == .besideTheWriter)
    }
}
