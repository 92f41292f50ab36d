import Budget
import Testing
import Vocabulary

@Suite struct `Near the cap` {
    @Test func `a use exactly at the stop is stopped, and one byte below it is not`() {
        #expect(Budget(.standard, reading(899_999)).permission(at: start) == .granted)
        let stopped = Budget(.standard, reading(900_000)).permission(at: start)
        #expect(stopped == .refused(until: start.startOfNextMonth, reason: .ownStop))
    }

    @Test func `a request must fit under the stop with all it may bring`() throws {
        var budget = Budget(.standard, reading(899_000))
        #expect(throws: BudgetError.self) { try budget.reserve(ByteCount(1001), at: start) }
        _ = try budget.reserve(ByteCount(1000), at: start)
    }

    @Test func `what is reserved counts until it is settled`() throws {
        var budget = Budget(.standard, reading(0))
        let first = try budget.reserve(ByteCount(900_000), at: start)
        #expect(throws: BudgetError.self) { try budget.reserve(ByteCount(1), at: start) }
        budget.settle(first, received: ByteCount(10))
        #expect(budget.report(at: start).total == ByteCount(10))
        _ = try budget.reserve(ByteCount(899_990), at: start)
    }

    @Test func `what came while the server was answering is charged on, and measures nothing`() throws {
        var budget = Budget(.standard, reading(0))
        let mark = budget.received
        try budget.spend(500_000)
        #expect(budget.record(reading(0), receivedBefore: mark) == Receipts())
        #expect(budget.report(at: start).meteredBytesPerFrame == nil)
        #expect(throws: BudgetError.self) { try budget.reserve(ByteCount(400_001), at: start) }
        _ = try budget.reserve(ByteCount(400_000), at: start)
    }

    @Test func `settling twice changes nothing`() throws {
        var budget = Budget(.standard, reading(0))
        let reservation = try budget.reserve(ByteCount(500), at: start)
        budget.settle(reservation, received: ByteCount(500))
        budget.settle(reservation, received: ByteCount(500))
        #expect(budget.report(at: start).total == ByteCount(500))
    }

    @Test func `what others spent wins over our own reckoning, and so does a lowered cap`() {
        var budget = Budget(.standard, reading(0))
        budget.record(reading(950_000))
        #expect(budget.report(at: start).skipping)
        budget.record(reading(100_000))
        #expect(!budget.report(at: start).skipping)
        budget.record(reading(100_000, of: 100_000))
        #expect(budget.report(at: start).pause == .ownStop)
    }

    @Test(arguments: [CapStop.off, .standard, .fraction(1)])
    func `an unlimited account is unlimited`(stop: CapStop) throws {
        var budget = Budget(stop, reading(9_000_000_000_000, of: nil))
        try budget.spend(1_000_000_000)
        #expect(budget.permission(at: start) == .granted)
        #expect(budget.report(at: start).unlimited)
    }

    @Test func `a stop in bytes holds without a cap, and not past one`() {
        let stop = CapStop.bytes(ByteCount(500))
        #expect(Budget(stop, reading(499, of: nil)).permission(at: start) == .granted)
        #expect(Budget(stop, reading(500, of: nil)).permission(at: start) != .granted)
        #expect(Budget(stop, reading(400, of: 400)).permission(at: start) != .granted)
    }

    @Test func `without a stop only the server stops`() throws {
        var budget = Budget(.off, reading(5_000_000))
        #expect(budget.permission(at: start) == .granted)
        budget.serverRefusedOverCap(by: .announced, at: start)
        #expect(budget.permission(at: start) == .refused(until: start.startOfNextMonth, reason: .serverRefused))
    }

    @Test func `a cap of zero bytes is reached`() {
        #expect(Budget(.standard, reading(0, of: 0)).permission(at: start) != .granted)
    }
}

@Suite struct `Without a usable reading` {
    @Test func `the margin may be received and not a byte more`() throws {
        var budget = Budget()
        try budget.spend(Budget.margin.bytes)
        guard case .refused(_, .noReading) = budget.permission(at: start) else {
            Issue.record("granted")
            return
        }
        budget.record(reading(0, of: 1_000_000_000))
        #expect(budget.permission(at: start) == .granted)
    }

    @Test func `the last one is used on, topped up by the margin`() {
        let cap: Int64 = 1_000_000_000
        var budget = Budget(.standard, reading(900_000_000 - Budget.margin.bytes, of: cap))
        #expect(budget.permission(at: start) == .granted)
        budget.recordFailedReading(at: start + .seconds(300))
        #expect(budget.permission(at: start + .seconds(300)) != .granted)
        budget.record(reading(900_000_000 - Budget.margin.bytes, of: cap, at: start + .seconds(600)))
        #expect(budget.permission(at: start + .seconds(600)) == .granted)
    }

    @Test func `the margin is a twentieth of a small cap`() {
        for (total, granted) in [(849_999, true), (850_000, false)] as [(Int64, Bool)] {
            var budget = Budget(.standard, reading(total))
            budget.recordFailedReading(at: start)
            #expect((budget.permission(at: start) == .granted) == granted)
        }
    }
}

@Suite struct `When the month turns` {
    private let reset = start.startOfNextMonth

    @Test func `a pause ends at the true reset, though the server says a day later`() {
        let late = reset + .seconds(86_400) - start
        let budget = Budget(.standard, reading(950_000, resetIn: late))
        #expect(budget.permission(at: reset - .milliseconds(1)) == .refused(until: reset, reason: .ownStop))
        #expect(budget.permission(at: reset) == .granted)
    }

    @Test(arguments: [Duration.seconds(-5), .zero, .seconds(40 * 86_400)])
    func `an absurd reset changes nothing`(resetIn: Duration) {
        let budget = Budget(.standard, reading(950_000, resetIn: resetIn))
        #expect(budget.permission(at: start) == .refused(until: reset, reason: .ownStop))
    }

    @Test func `the old reading is void, and the margin holds until a new one`() throws {
        var budget = Budget(.standard, reading(0, of: 1_000_000_000))
        try budget.spend(Budget.margin.bytes, at: reset)
        #expect(budget.permission(at: reset) != .granted)
        #expect(budget.report(at: reset).total == nil)
        budget.record(reading(0, of: 1_000_000_000, at: reset))
        #expect(budget.permission(at: reset) == .granted)
        #expect(budget.report(at: reset).resetAt == reset.startOfNextMonth)
    }

    @Test func `the server's refusal ends`() {
        var budget = Budget(.standard, reading(100))
        budget.serverRefusedOverCap(by: .announced, at: start)
        #expect(budget.permission(at: reset - .milliseconds(1)) != .granted)
        #expect(budget.permission(at: reset) == .granted)
    }

    @Test func `the server's refusal without any reading ends too`() {
        var budget = Budget()
        budget.serverRefusedOverCap(by: .announced, at: start)
        #expect(budget.permission(at: start) == .refused(until: reset, reason: .serverRefused))
        #expect(budget.permission(at: reset) == .granted)
    }
}

@Suite struct `The server's refusal` {
    @Test func `ends with a reading that shows room, and not with one that shows none`() {
        var budget = Budget(.standard, reading(100))
        budget.serverRefusedOverCap(by: .announced, at: start)
        budget.record(reading(1_200_000))
        #expect(budget.report(at: start).pause == .serverRefused)
        budget.record(reading(200_000))
        #expect(budget.permission(at: start) == .granted)
    }
}

@Suite struct `What a capture costs` {
    @Test func `is not known at first, and every byte counts`() throws {
        var budget = Budget(.standard, reading(0))
        try budget.spend(1000)
        #expect(budget.report(at: start).meteredBytesPerFrame == nil)
        #expect(budget.report(at: start).total == ByteCount(1000))
        #expect(budget.report(at: start).framesLeft == nil)
    }

    @Test func `is nothing where the total stands still, and captures go on at any size`() throws {
        var budget = Budget(.standard, reading(0))
        for _ in 0..<4 { try budget.spend(100_000) }
        budget.record(reading(0))
        for _ in 0..<100 { try budget.spend(100_000) }
        let report = budget.report(at: start)
        #expect(report.meteredBytesPerFrame == .zero)
        #expect(report.framesLeft == nil)
        #expect(report.total == .zero)
    }

    @Test func `is the smallest that was seen, because others only add`() throws {
        var budget = Budget(.standard, reading(0, of: 100_000_000))
        for (time, total) in [(1, 500_000), (2, 600_000), (3, 1_500_000)] as [(Int64, Int64)] {
            try budget.spend(100_000)
            budget.record(reading(total, of: 100_000_000, at: start + .seconds(time)))
        }
        let report = budget.report(at: start)
        #expect(report.meteredBytesPerFrame == ByteCount(100_000))
        #expect(report.framesLeft == 885)
    }

    @Test func `is not measured from next to nothing, from another month, or from a counter set back`() throws {
        var budget = Budget(.standard, reading(0))
        try budget.spend(100)
        budget.record(reading(0))
        #expect(budget.report(at: start).meteredBytesPerFrame == nil)
        try budget.spend(100_000)
        budget.record(reading(0, at: start.startOfNextMonth))
        #expect(budget.report(at: start).meteredBytesPerFrame == nil)
        budget.record(reading(500, at: start.startOfNextMonth))
        try budget.spend(100_000, at: start.startOfNextMonth)
        budget.record(reading(400, at: start.startOfNextMonth))
        #expect(budget.report(at: start).meteredBytesPerFrame == nil)
    }

    @Test func `leaves out requests that were on their way when the reading came`() throws {
        var budget = Budget(.standard, reading(0, of: 100_000_000))
        let early = try budget.reserve(ByteCount(900_000), at: start)
        try budget.spend(100_000)
        // The server has counted the early request already.
        budget.record(reading(1_000_000, of: 100_000_000))
        budget.settle(early, received: ByteCount(900_000))
        try budget.spend(100_000)
        budget.record(reading(1_100_000, of: 100_000_000))
        #expect(budget.report(at: start).meteredBytesPerFrame == ByteCount(100_000))
        try budget.spend(1000)
        #expect(budget.report(at: start).total == ByteCount(1_101_000))
    }
    @Test func `stays known while others spend for hours on end`() throws {
        var budget = Budget(.standard, reading(0, of: 1_000_000_000))
        var total: Int64 = 0
        for window in 1...101 as ClosedRange<Int64> {
            try budget.spend(100_000)
            if window > 1 { total += 5_000_000 }
            budget.record(reading(total, of: 1_000_000_000, at: start + .seconds(window * 300)))
        }
        #expect(budget.report(at: start).announcedShare == 0)
    }
}
