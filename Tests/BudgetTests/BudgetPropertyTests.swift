import Budget
import Testing
import Vocabulary

/// A month of captures against a server that really counts, with all that can go wrong chosen at random.
@Suite struct `Whatever happens in a month` {
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `captures never pass our stop by themselves`(seed: UInt64) throws {
        var world = World(seed: seed)
        for _ in 0..<300 { try world.step() }
        #expect(world.granted > 0 || world.mayNeverStart)
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func `free captures are never stopped by their own size`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var budget = Budget(stop: .standard)
        let cap = ByteCount(300_000_000)
        var time = Timestamp(milliseconds: 1_763_000_000_000)
        for _ in 0..<200 {
            budget.record(UsageReading(readAt: time, total: .zero, monthlyCap: cap, resetIn: nil))
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                let bytes = ByteCount(Int64.random(in: 1...400_000, using: &random))
                budget.settle(try budget.reserve(bytes, at: time), received: bytes)
            }
            time = time + .seconds(60)
        }
    }
}

/// The server's counter, other clients of the account, and one of our captures after another.
private struct World {
    private var random: SplitMix
    private var budget: Budget
    private var time = Timestamp(milliseconds: 1_763_000_000_000)
    /// What part of announced bytes the server counts.
    private let share: Double
    private var cap: Int64
    private let part: Double
    private var total: Int64 = 0
    /// What others spent since the newest reading, and what they had spent unseen in its month.
    private var unseen: Int64 = 0
    private var hasReading = false
    private var lost: [(BudgetReservation, Int64)] = []
    private(set) var granted = 0

    init(seed: UInt64) {
        random = SplitMix(state: seed &* 0x9E37_79B9)
        share = [0, 0.25, 0.5, 1].randomElement(using: &random) ?? 1
        cap = Int64.random(in: 10_000...50_000_000, using: &random)
        part = [0.5, 0.9, 1].randomElement(using: &random) ?? 0.9
        budget = Budget(stop: .fraction(part))
    }

    /// A small cap can be used up by the margin of trust before the first reading.
    var mayNeverStart: Bool { cap < 1_000_000 }

    private var stop: Int64 { Int64((Double(cap) * part).rounded(.down)) }

    mutating func step() throws {
        switch Int.random(in: 0..<20, using: &random) {
        case 0...1: read()
        case 2: budget.recordFailedReading(at: time)
        case 3: spendElsewhere()
        case 4: settleLost()
        case 5: time = time + .seconds(Int64.random(in: 0...600, using: &random))
        case 6 where Int.random(in: 0..<10, using: &random) == 0:
            cap = max(1000, cap / 2)
            read()
        default: try capture()
        }
    }

    private mutating func read() {
        let late: Duration? =
            [nil, .seconds(-1), .seconds(86_400 * 31), .seconds(1e9)].randomElement(using: &random) ?? nil
        budget.record(
            UsageReading(readAt: time, total: ByteCount(total), monthlyCap: ByteCount(cap), resetIn: late))
        (unseen, hasReading) = (0, true)
    }

    private mutating func spendElsewhere() {
        let bytes = Int64.random(in: 0...max(1, cap / 50), using: &random)
        total += bytes
        unseen += bytes
    }

    private mutating func capture() throws {
        let most = Int64.random(in: 1...500_000, using: &random)
        let before = total
        let route = FetchRoute.allCases.randomElement(using: &random) ?? .announced
        guard let reservation = try? budget.reserve(ByteCount(most), by: route, at: time) else { return }
        granted += 1
        let bytes = Int64.random(in: 0...most, using: &random)
        total += route == .proxied ? bytes : Int64((Double(bytes) * share).rounded(.up))
        // Served, counted, and with the answer still on its way for a while.
        if Bool.random(using: &random) {
            budget.settle(reservation, received: ByteCount(bytes))
        } else {
            lost.append((reservation, bytes))
        }
        // Without a reading the margin bounds it instead.
        if hasReading, total > before {
            #expect(total - unseen <= stop, "passed the stop: \(total) - \(unseen) > \(stop)")
        }
    }

    private mutating func settleLost() {
        guard let (reservation, bytes) = lost.popLast() else { return }
        budget.settle(reservation, received: ByteCount(bytes))
    }
}
