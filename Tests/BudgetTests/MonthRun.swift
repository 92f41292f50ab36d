import Testing
import Vocabulary

@testable import Budget

/// Our schedule in a random month: the budget, and the pace where there is one, against a server that really counts.
struct MonthRun {
    let month: RandomMonth
    let route: FetchRoute
    var budget: Budget
    var pace: Pace?
    private var random: SplitMix
    /// The server's counter, and what of it was spent elsewhere since the newest reading.
    private var total: Int64 = 0
    private var unseen: Int64 = 0
    private var readCap: Int64?
    private let part: Double
    private let reserve: Double
    /// Others' spending that the newest reading has.
    private var seenElsewhere: Int64 = 0
    private var ours: Int64 = 0

    private(set) var frames = 0
    private(set) var printingFrames = 0
    /// Pictures that we took past our stop, though others had not brought the account there unseen.
    private(set) var overruns = 0
    /// Pictures that took of what is kept for the owner.
    private(set) var intrusions = 0
    /// Idle slots that were granted in the same instant in which a print's slot was left out by the pace.
    private(set) var misplaced = 0

    init(_ month: RandomMonth, below part: Double, reserve: Double = 0, pace: Pace? = nil) {
        self.reserve = reserve
        self.month = month
        self.part = part
        self.pace = pace
        random = month.random
        route = month.share == 1 && Bool.random(using: &random) ? .proxied : .announced
        budget = Budget(stop: .fraction(part), ownersReserve: reserve > 0 ? .fraction(reserve) : .none)
    }

    mutating func run() {
        for slot in 0..<RandomMonth.slots {
            let now = RandomMonth.time(of: slot)
            total += month.elsewhere[slot]
            unseen += month.elsewhere[slot]
            if slot % 3 == 0 { read(slot, now) }
            var isPrintLeftOut = false
            var isIdleGranted = false
            for camera in month.cameras.indices {
                let isPrinting = month.prints[camera][slot]
                let isGranted = isGranted(camera, slot, now)
                isPrintLeftOut = isPrintLeftOut || isPrinting && isGranted == false
                isIdleGranted = isIdleGranted || !isPrinting && isGranted == true
                if isGranted ?? true { capture(camera, slot, now) }
            }
            if isPrintLeftOut, isIdleGranted { misplaced += 1 }
        }
    }

    /// By the pace; `nil` where there is none, or where the budget decided.
    private mutating func isGranted(_ camera: Int, _ slot: Int, _ now: Timestamp) -> Bool? {
        let expected = month.bytes[camera][max(0, slot - 1)]
        let paced = PacedSlot(
            camera: month.cameras[camera], interval: RandomMonth.interval, isPrinting: month.prints[camera][slot],
            expected: ByteCount(expected), route: route)
        switch pace?.permission(for: paced, budget: budget, at: now) {
        case .granted: return true
        case .refused(_, .pace): return false
        case .refused, nil: return nil
        }
    }

    private mutating func read(_ slot: Int, _ now: Timestamp) {
        guard month.isServerUp[slot], !month.usageFails[slot] else { return budget.recordFailedReading(at: now) }
        let reset = RandomMonth.start.startOfNextMonth - now
        let said: [Duration?] = [nil, reset, reset + .seconds(80_000), .seconds(-9), .seconds(1e10)]
        let cap = month.cap[slot]
        budget.record(
            UsageReading(
                readAt: now, total: ByteCount(total), monthlyCap: ByteCount(cap),
                resetIn: said.randomElement(using: &random)!))
        (readCap, unseen, seenElsewhere) = (cap, 0, month.elsewhereInAll[slot])
    }

    private mutating func capture(_ camera: Int, _ slot: Int, _ now: Timestamp) {
        // A tenth more than most pictures have.
        let most = month.bytes[camera][slot] * 11 / 10
        guard let reservation = try? budget.reserve(ByteCount(most), by: route, at: now) else { return }
        guard month.answers[camera][slot] else { return budget.settle(reservation, received: .zero) }
        total += month.cost(camera, slot)
        budget.settle(reservation, received: ByteCount(month.bytes[camera][slot]))
        frames += 1
        if month.prints[camera][slot] { printingFrames += 1 }
        ours += month.cost(camera, slot)
        guard let readCap, month.cost(camera, slot) > 0 else { return }
        let stop = Int64(Double(readCap) * part)
        if total - unseen > stop { overruns += 1 }
        if ours > stop - max(seenElsewhere, Int64(Double(readCap) * reserve)) { intrusions += 1 }
    }
}
