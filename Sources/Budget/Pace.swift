package import Vocabulary

/// Spreads what is left of an account's allowance over the slots until the true reset, for all its cameras together.
///
/// Slots stay on their grid; the pace grants or leaves out each one. Printing slots come first: where what is left suffices
/// for all that are expected, each of them is granted and the rest is spread over the idle ones; otherwise it is spread over
/// the printing ones, and no idle one is granted. Spreading is by error diffusion: a camera's credit grows by the rate (0 to
/// 1) at each slot, and a slot is granted for a credit of 1. A credit is less than 1 after every slot, so slots that failed,
/// or for which nobody asked, are never made up for in a burst: what they left raises the rate of all slots to come.
package struct Pace: Hashable, Sendable {
    /// After so much time what was known of how often a camera prints weighs half.
    package static let printingHalfLife: Duration = .seconds(2 * 86_400)
    /// How often a camera is taken to print before anything is known of it, 0 to 1; it weighs like twelve hours of slots.
    package static let printingPrior = 0.25

    private static let priorWeight = Duration.seconds(12 * 3600)
    /// The half-life over the logarithm of 2.
    private static let longestMemory = printingHalfLife / 0.693

    /// One camera by one route.
    private struct Lane: Hashable {
        /// How often it prints.
        var printing = Pace.printingPrior
        /// Time that it was learned from, the prior's weight included.
        var memory = Pace.priorWeight
        var credit: Double
        var demand = PaceDemand()
    }

    private struct LaneName: Hashable {
        let camera: CameraName
        let route: FetchRoute
    }

    private var lanes: [LaneName: Lane] = [:]
    /// What all lanes of a route would take together.
    private var demands: [FetchRoute: PaceDemand] = [:]

    package init() {}

    /// Whether the slot may be taken; asked once for each slot, since each answer counts.
    ///
    /// Pictures that were measured to cost nothing are not paced, nor are those within the ``Budget/margin`` of trust while their
    /// cost is not measured, nor any where nothing bounds them. A refusal by the budget itself goes first.
    package mutating func permission(for slot: PacedSlot, budget: Budget, at now: Timestamp) -> BudgetPermission {
        let name = LaneName(camera: slot.camera, route: slot.route)
        var lane = lanes[name] ?? Lane(credit: Self.firstCredit(of: lanes.count))
        learn(slot, &lane)
        defer { lanes[name] = lane }

        let permission = budget.permission(for: slot.expected, by: slot.route, within: slot.share, at: now)
        guard permission == .granted, !isFree(slot, budget), let rate = rate(of: slot, budget, at: now) else {
            return permission
        }
        lane.credit += rate
        // A billionth less than 1 is what rounding leaves of ten tenths.
        if lane.credit >= 1 - 1e-9 {
            lane.credit = max(0, lane.credit - 1)
            return .granted
        }
        let reset = budget.reading(at: now)?.resetAt ?? now.startOfNextMonth
        let slots = rate > 0 ? ((1 - lane.credit) / rate).rounded(.up) : .infinity
        let wait = slots * Double(slot.interval.milliseconds)
        let until = wait < 1e15 ? min(reset, now + .milliseconds(Int64(wait))) : reset
        return .refused(until: until, reason: .pace)
    }

    /// Leaves a camera out of account that captures no more.
    package mutating func remove(_ camera: CameraName) {
        for route in FetchRoute.allCases {
            guard let lane = lanes.removeValue(forKey: LaneName(camera: camera, route: route)) else { continue }
            demands[route, default: PaceDemand()] -= lane.demand
        }
    }

    /// Takes over the cameras of another pace, when their account turned out to be this one.
    package mutating func absorb(_ other: Pace) {
        for (name, lane) in other.lanes where lanes[name] == nil {
            lanes[name] = lane
            demands[name.route, default: PaceDemand()] += lane.demand
        }
    }

    // MARK: - The rate

    private mutating func learn(_ slot: PacedSlot, _ lane: inout Lane) {
        let interval = max(slot.interval, .milliseconds(1))
        // The mean of all slots at first, then one in which the older ones fade.
        lane.memory = min(Self.longestMemory, lane.memory + interval)
        lane.printing += min(1, interval / lane.memory) * ((slot.isPrinting ? 1 : 0) - lane.printing)
        demands[slot.route, default: PaceDemand()] -= lane.demand
        let bytes = Double(slot.expected.bytes) / Double(interval.milliseconds)
        lane.demand = PaceDemand(printing: bytes * lane.printing, idle: bytes * (1 - lane.printing))
        demands[slot.route, default: PaceDemand()] += lane.demand
    }

    private func isFree(_ slot: PacedSlot, _ budget: Budget) -> Bool {
        guard slot.route == .announced else { return false }
        if budget.metering.measuredShare != nil { return budget.metering.announcedAreFree }
        return budget.announcedThisMonth <= Budget.margin
    }

    /// How many of such slots are granted, 0 to 1; `nil` where nothing bounds them.
    private func rate(of slot: PacedSlot, _ budget: Budget, at now: Timestamp) -> Double? {
        guard let room = budget.room(at: now), let reading = budget.reading(at: now) else { return nil }
        let left = Double((reading.resetAt - now).milliseconds)
        let proxied = demands[.proxied] ?? PaceDemand()
        let announced = demands[.announced] ?? PaceDemand()
        let rate = (proxied + announced.charged(budget.metering.share)).rate(
            in: room, for: left, isPrinting: slot.isPrinting)
        guard let share = slot.share, let live = budget.liveRoom(within: share, at: now) else { return rate }
        return min(rate, proxied.rate(in: live, for: left, isPrinting: slot.isPrinting))
    }

    /// The first camera's first slot is granted; those of the others are spread by the golden ratio, so that cameras which
    /// start together do not fetch together ever after.
    private static func firstCredit(of index: Int) -> Double {
        let turns = Double(index) * 0.618_033_988_749_894_9
        return 1 - (turns - turns.rounded(.down))
    }
}

/// Bytes a millisecond that slots would take if each were granted.
private struct PaceDemand: Hashable {
    var printing = 0.0
    var idle = 0.0

    func charged(_ share: Double) -> PaceDemand { PaceDemand(printing: printing * share, idle: idle * share) }

    /// The part of the slots for which there is room, over so many milliseconds: printing before idle.
    func rate(in room: ByteCount, for milliseconds: Double, isPrinting: Bool) -> Double {
        let room = Double(room.bytes)
        let first = printing * milliseconds
        let part = isPrinting ? room / first : (room - first) / (idle * milliseconds)
        // Nothing wanted is nothing to spread.
        return part.isNaN ? 1 : min(1, max(0, part))
    }

    static func + (left: PaceDemand, right: PaceDemand) -> PaceDemand {
        PaceDemand(printing: left.printing + right.printing, idle: left.idle + right.idle)
    }

    static func += (left: inout PaceDemand, right: PaceDemand) { left = left + right }

    /// What rounding leaves below 0 is nothing.
    static func -= (left: inout PaceDemand, right: PaceDemand) {
        left = PaceDemand(
            printing: max(0, left.printing - right.printing), idle: max(0, left.idle - right.idle))
    }
}
