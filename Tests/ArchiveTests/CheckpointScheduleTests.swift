import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `The checkpoints of the log` {
    @Test func `begin beside the writer at half the limit`() {
        var schedule = CheckpointSchedule(limit: ByteCount(200))
        #expect(schedule.step(length: ByteCount(99)) == .none)
        #expect(schedule.step(length: ByteCount(100)) == .besideTheWriter)
    }

    @Test func `are not begun again while the log has hardly grown`() {
        var schedule = CheckpointSchedule(limit: ByteCount(200))
        #expect(schedule.step(length: ByteCount(120)) == .besideTheWriter)
        #expect(schedule.step(length: ByteCount(130)) == .none)
        #expect(schedule.step(length: ByteCount(219)) == .none)
    }

    @Test func `are the writer's own at the limit`() {
        var schedule = CheckpointSchedule(limit: ByteCount(200))
        #expect(schedule.step(length: ByteCount(100)) == .besideTheWriter)
        #expect(schedule.step(length: ByteCount(200)) == .betweenCommits)
        #expect(schedule.step(length: ByteCount(250)) == .none)
        #expect(schedule.step(length: ByteCount(300)) == .betweenCommits)
    }

    @Test func `count from nothing when the log begins anew`() {
        var schedule = CheckpointSchedule(limit: ByteCount(200))
        #expect(schedule.step(length: ByteCount(150)) == .besideTheWriter)
        #expect(schedule.step(length: ByteCount(3)) == .none)
        #expect(schedule.step(length: ByteCount(99)) == .none)
        #expect(schedule.step(length: ByteCount(101)) == .besideTheWriter)
    }
}
