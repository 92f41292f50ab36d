import Budget
import Testing
import Vocabulary

@Suite struct `The owner's reserve` {
    @Test(arguments: [
        ("20%", OwnersReserve.fraction(0.2)), ("0.2", .fraction(0.2)), ("60 MB", .bytes(ByteCount(60_000_000))),
        ("none", .none), ("None", .none),
    ])
    func `is read`(text: String, reserve: OwnersReserve) throws {
        #expect(try OwnersReserve(parsing: text) == reserve)
    }

    @Test(arguments: ["", "0%", "120%", "off", "much", "-1"])
    func `that makes no sense is refused`(text: String) {
        #expect(throws: BudgetError.ownersReserve(text)) { try OwnersReserve(parsing: text) }
    }

    @Test func `is left below the stop`() throws {
        var budget = Budget(.standard, reserve: .fraction(0.2), reading(0))
        try budget.spend(699_999, by: .proxied)
        #expect(budget.permission(at: start) == .granted)
        #expect(budget.permission(for: ByteCount(2), by: .proxied, at: start).reason == .ownersReserve)
    }

    @Test func `is not kept twice: what the owner has spent comes off it`() throws {
        var budget = Budget(.standard, reserve: .fraction(0.2), reading(150_000))
        #expect(budget.report(at: start).ceiling == ByteCount(850_000))
        try budget.spend(700_000, by: .proxied)
        budget.record(reading(850_000, at: start + .seconds(1)))
        #expect(budget.report(at: start).ours == ByteCount(700_000))
        #expect(budget.permission(at: start).reason == .ownersReserve)
        budget.record(reading(890_000, at: start + .seconds(2)))
        #expect(budget.report(at: start).ceiling == ByteCount(890_000))
        budget.record(reading(900_000, at: start + .seconds(3)))
        #expect(budget.permission(at: start).reason == .ownStop)
    }

    @Test func `holds without a stop as well, below the cap`() {
        #expect(
            Budget(.off, reserve: .bytes(ByteCount(100_000)), reading(0)).report(at: start).ceiling?.bytes == 900_000)
        #expect(Budget(.off, reserve: .fraction(0.5), reading(5, of: nil)).permission(at: start) == .granted)
    }

    @Test func `that is larger than the cap leaves nothing to capture`() {
        let budget = Budget(.standard, reserve: .bytes(ByteCount(2_000_000)), reading(0))
        #expect(budget.permission(at: start).reason == .ownersReserve)
    }

    @Test func `belongs to the month: last month's captures are not taken for the owner's`() throws {
        var budget = Budget(.standard, reserve: .fraction(0.2), reading(0))
        try budget.spend(500_000, by: .proxied)
        let next = start.startOfNextMonth
        budget.record(reading(100_000, at: next))
        #expect(budget.report(at: next).ours == .zero)
        #expect(budget.report(at: next).ceiling == ByteCount(800_000))
    }
}
