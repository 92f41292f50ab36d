import Budget
import Testing
import Vocabulary

@Suite struct `Proxied bytes` {
    private let cap: Int64 = 100_000_000

    @Test func `are charged in full, also where announced pictures were measured to cost nothing`() throws {
        var budget = Budget(.standard, reading(0, of: cap))
        try budget.spend(500_000)
        budget.record(reading(0, of: cap))
        try budget.spend(500_000)
        #expect(budget.report(at: start).total == .zero)
        try budget.spend(300_000, by: .proxied)
        #expect(budget.report(at: start).total == ByteCount(300_000))
        #expect(budget.permission(for: ByteCount(cap), at: start) == .granted)
        #expect(budget.permission(for: ByteCount(cap), by: .proxied, at: start).reason == .ownStop)
    }

    @Test func `stop at our stop, and announced pictures that were measured to cost nothing go on above it`() throws {
        var budget = Budget(.standard, reading(0, of: cap))
        try budget.spend(500_000)
        #expect(budget.permission(for: ByteCount(cap), at: start).reason == .ownStop)
        for total in [89_999_999, 90_000_000, 109_000_000] as [Int64] {
            budget.record(reading(total == 89_999_999 ? 0 : total, of: cap))
            let isAbove = total >= 90_000_000
            #expect(budget.permission(for: ByteCount(1_000_000), at: start) == .granted)
            #expect(budget.permission(by: .proxied, at: start).reason == (isAbove ? .ownStop : nil))
            #expect(budget.report(at: start).pause == nil)
            #expect(budget.report(at: start).proxiedPause == (isAbove ? .ownStop : nil))
        }
        // Where the webcam API itself refuses, nothing goes on.
        budget.serverRefusedOverCap(by: .announced, at: start)
        #expect(budget.permission(at: start).reason == .serverRefused)
    }

    @Test func `come off the growth before announced ones are measured`() throws {
        var budget = Budget(.standard, reading(0, of: cap))
        try budget.spend(500_000)
        try budget.spend(2_000_000, by: .proxied)
        budget.record(reading(2_000_000, of: cap))
        let report = budget.report(at: start)
        #expect(report.announcedShare == 0)
        #expect(report.bytesPerAnnouncedFrame == .zero)
        #expect(report.bytesPerLiveFrame == ByteCount(2_000_000))
    }

    @Test func `on their way when the reading came do not come off, because it has them already`() throws {
        var budget = Budget(.standard, reading(0, of: cap))
        let live = try budget.reserve(ByteCount(2_000_000), by: .proxied, at: start)
        budget.record(reading(2_000_000, of: cap))
        budget.settle(live, received: ByteCount(2_000_000))
        try budget.spend(100_000)
        budget.record(reading(2_050_000, of: cap))
        #expect(budget.report(at: start).announcedShare == 0.5)
    }

    @Test func `that are no pictures are charged and are no captures`() throws {
        var budget = Budget(.standard, reading(0, of: cap))
        let poll = try budget.reserve(ByteCount(4000), by: .proxied, for: .question, at: start)
        budget.settle(poll, received: ByteCount(900))
        #expect(budget.report(at: start).total == ByteCount(900))
        #expect(budget.report(at: start).bytesPerLiveFrame == nil)
        #expect(budget.received == Receipts(received: ByteCount(900), proxied: ByteCount(900), captures: 0))
    }

    @Test func `stand in the record apart, and are learned from it again`() throws {
        var budget = Budget(.standard, reading(0, of: cap))
        try budget.spend(500_000)
        try budget.spend(200_000, by: .proxied)
        let between = budget.record(reading(200_000, of: cap))
        #expect(between == Receipts(received: ByteCount(700_000), proxied: ByteCount(200_000), captures: 2))
        var later = Budget()
        later.replay(reading(0, of: cap), received: .zero, captures: 0)
        later.replay(
            reading(200_000, of: cap), received: between.received, proxied: between.proxied, captures: between.captures)
        #expect(later.report(at: start).announcedShare == 0)
        #expect(later.report(at: start).ours == ByteCount(200_000))
        // Which of the pictures were live is in no record.
        #expect(later.report(at: start).meteredBytesPerFrame == nil)
    }
}

@Suite struct `Live pictures within a share of the cap` {
    private let budget = Budget(.standard, reading(0, of: 1_000_000))

    private func permission(_ budget: Budget, _ bytes: Int64) -> BudgetPermission {
        budget.permission(for: ByteCount(bytes), by: .proxied, within: 0.1, at: start)
    }

    @Test func `are taken up to it and not past it`() throws {
        var budget = budget
        try budget.spend(60_000, by: .proxied)
        #expect(permission(budget, 40_000) == .granted)
        #expect(permission(budget, 40_001) == .refused(until: start.startOfNextMonth, reason: .liveShare))
        // A new reading does not open it anew, and what others spend does not close it.
        budget.record(reading(500_000, at: start + .seconds(1)))
        #expect(permission(budget, 40_000) == .granted)
        #expect(permission(budget, 40_001).reason == .liveShare)
    }

    @Test func `wait for a reading`() {
        #expect(permission(Budget(), 1).reason == .noReading)
    }

    @Test func `are not bounded on an unlimited account`() {
        #expect(permission(Budget(.standard, reading(0, of: nil)), 1_000_000_000) == .granted)
    }

    @Test func `begin anew with the month`() throws {
        var budget = budget
        try budget.spend(100_000, by: .proxied)
        let next = start.startOfNextMonth
        budget.record(reading(0, at: next))
        #expect(budget.permission(for: ByteCount(100_000), by: .proxied, within: 0.1, at: next) == .granted)
    }
}
