import Budget
import Testing
import Vocabulary

/// What a run leaves behind: usage readings with what came between them, and a ledger with the bytes of finished slots.
/// What was on its way when it was killed is in neither.
@Suite struct `After a restart` {
    private let cap: Int64 = 1_000_000_000

    @Test func `the last reading is topped up by the margin until a new one`() {
        var budget = Budget()
        budget.replay(reading(900_000_000 - Budget.margin.bytes, of: cap), received: .zero, captures: 0)
        #expect(budget.permission(at: start).reason == .ownStop)
        budget.record(reading(900_000_000 - Budget.margin.bytes, of: cap, at: start + .seconds(1)))
        #expect(budget.permission(at: start) == .granted)
    }

    @Test func `what the ledger has since the last reading is charged`() {
        var budget = Budget()
        budget.replay(reading(0, of: cap), received: .zero, captures: 0)
        budget.replay(received: ByteCount(880_000_000), proxied: ByteCount(880_000_000), captures: 2000)
        #expect(budget.report(at: start).total == ByteCount(880_000_000))
        #expect(budget.permission(for: ByteCount(12_000_000), by: .proxied, at: start).reason == .ownStop)
        #expect(budget.permission(for: ByteCount(11_000_000), by: .proxied, at: start) == .granted)
    }

    @Test func `what was measured is known again, and the month's own part`() throws {
        var budget = Budget(.standard, reading(0, of: cap))
        var record: [(UsageReading, Receipts)] = [(reading(0, of: cap), Receipts())]
        for second in 1...5 as ClosedRange<Int64> {
            try budget.spend(200_000)
            try budget.spend(100_000, by: .proxied)
            let taken = reading(second * 150_000, of: cap, at: start + .seconds(second))
            record.append((taken, budget.record(taken)))
        }
        var later = Budget()
        for (taken, receipts) in record {
            later.replay(taken, received: receipts.received, proxied: receipts.proxied, captures: receipts.captures)
        }
        #expect(later.report(at: start).announcedShare == budget.report(at: start).announcedShare)
        #expect(later.report(at: start).ours == budget.report(at: start).ours)
    }

    /// Runs are killed at any moment, with requests under way that the server may have counted in full; no usage call
    /// succeeds after the first run's readings. What all of them lose together is within the margin.
    @Test(arguments: 0..<100 as Range<UInt64>)
    func `killed at any moment, the stop is not passed`(seed: UInt64) {
        var random = SplitMix(state: seed)
        let cap = Int64.random(in: 200_000_000...400_000_000, using: &random)
        var readings: [(UsageReading, Receipts)] = []
        var ledger = Receipts()
        var (total, lost): (Int64, Int64) = (0, 0)
        var time = start
        for run in 0..<20 {
            var budget = Budget()
            for (taken, receipts) in readings {
                budget.replay(
                    taken, received: receipts.received, proxied: receipts.proxied, captures: receipts.captures)
            }
            budget.replay(received: ledger.received, proxied: ledger.proxied, captures: ledger.captures)
            for _ in 0..<Int.random(in: 1...120, using: &random) {
                time = time + .seconds(10)
                if run == 0, Int.random(in: 0..<10, using: &random) == 0 {
                    let taken = reading(total, of: cap, at: time)
                    readings.append((taken, budget.record(taken)))
                    ledger = Receipts()
                }
                let bytes = Int64.random(in: 100_000...400_000, using: &random)
                guard let reservation = try? budget.reserve(ByteCount(400_000), by: .proxied, at: time) else { break }
                total += bytes
                budget.settle(reservation, received: ByteCount(bytes))
                ledger = ledger + Receipts(received: ByteCount(bytes), proxied: ByteCount(bytes), captures: 1)
            }
            // Killed with a request under way that nothing has noted; without a reading yet the margin is all that bounds it.
            let bytes = Int64.random(in: 100_000...400_000, using: &random)
            if lost + bytes <= Budget.margin.bytes,
                (try? budget.reserve(ByteCount(400_000), by: .proxied, at: time)) != nil
            {
                total += bytes
                lost += bytes
            }
            #expect(total <= cap * 9 / 10, "run \(run): \(total) of \(cap)")
        }
        #expect(total > 0)
    }
}
