import Testing
import Vocabulary

@testable import Budget

@Suite struct `A pace` {
    private let interval = Duration.seconds(600)
    /// The first of a month, 30 days before the reset.
    private let first = Timestamp(milliseconds: 1_793_491_200_000)
    private let slots = 30 * 144

    private func slot(
        _ bytes: Int64 = 100_000, camera: Int = 0, printing: Bool = true, by route: FetchRoute = .proxied
    ) -> PacedSlot {
        PacedSlot(
            camera: .number(camera), interval: interval, isPrinting: printing, expected: ByteCount(bytes), route: route)
    }

    /// A month's budget with room for so many pictures of 100 kB.
    private func budget(for pictures: Int64) -> Budget {
        Budget(.fraction(1), reading(0, of: pictures * 100_000, at: first))
    }

    /// Asks for a slot at an index and captures where it is granted.
    private func take(_ index: Int, _ slot: PacedSlot, _ pace: inout Pace, _ budget: inout Budget) throws -> Bool {
        let now = first + .milliseconds(Int64(index) * interval.milliseconds)
        guard pace.permission(for: slot, budget: budget, at: now) == .granted else { return false }
        try budget.spend(slot.expected.bytes, by: slot.route, at: now)
        return true
    }

    /// Evenly: each tenth of the month has its tenth of the pictures give or take a tenth, and neighbours lie between 5 and 8
    /// slots apart, where a seventh of the slots is granted.
    @Test func `spreads what is left evenly until the reset`() throws {
        var (pace, budget) = (Pace(), budget(for: 700))
        let granted = try (0..<slots).filter { try take($0, slot(), &pace, &budget) }
        #expect(granted.first == 0)
        #expect(granted.count >= 697 && granted.count <= 700)
        // By tenths of the month; in the first one the camera is yet to be known as one that always prints.
        let tenths = (0..<10).map { tenth in granted.count { $0 * 10 / slots == tenth } }
        #expect(tenths.dropFirst().allSatisfy { (63...77).contains($0) }, "\(tenths)")
        #expect(tenths[0] < 105, "\(tenths)")
        let gaps = zip(granted, granted.dropFirst()).map { $1 - $0 }.dropFirst(tenths[0])
        #expect(gaps.allSatisfy { (5...8).contains($0) }, "\(gaps.min() ?? 0) to \(gaps.max() ?? 0)")
    }

    @Test func `serves prints first and spreads the rest over idle slots`() throws {
        var (pace, budget) = (Pace(), budget(for: 2000))
        var granted: [Bool: Int] = [:]
        for index in 0..<slots {
            // Six hours of printing a day.
            let isPrinting = index % 144 < 36
            if try take(index, slot(printing: isPrinting), &pace, &budget) { granted[isPrinting, default: 0] += 1 }
        }
        #expect(granted[true] == 30 * 36)
        #expect(granted.values.reduce(0, +) >= 1990)
    }

    @Test func `leaves idle slots out where there is not even room for the prints`() throws {
        var (pace, budget) = (Pace(), budget(for: 500))
        var granted: [Bool: Int] = [:]
        for index in 0..<slots {
            let isPrinting = index % 144 < 36
            if try take(index, slot(printing: isPrinting), &pace, &budget) { granted[isPrinting, default: 0] += 1 }
        }
        #expect(granted[true, default: 0] >= 475)
        #expect(granted[false, default: 0] <= 25)
    }

    @Test func `says until when, and why`() throws {
        var (pace, budget) = (Pace(), budget(for: 500))
        _ = try take(0, slot(), &pace, &budget)
        let refused = pace.permission(for: slot(), budget: budget, at: first + interval)
        guard case .refused(let until, .pace) = refused else {
            Issue.record("\(refused)")
            return
        }
        #expect(until > first + interval && until < first + interval * 10)
    }

    @Test func `never makes up in a burst for slots that failed, and yet spends what they left`() throws {
        var (pace, budget) = (Pace(), budget(for: 1000))
        var granted: [Int] = []
        for index in 0..<slots {
            let now = first + .milliseconds(Int64(index) * interval.milliseconds)
            guard pace.permission(for: slot(), budget: budget, at: now) == .granted else { continue }
            // Nothing comes for a week.
            let isUp = !(1000..<2008).contains(index)
            let reservation = try budget.reserve(ByteCount(100_000), by: .proxied, at: now)
            budget.settle(reservation, received: isUp ? ByteCount(100_000) : .zero)
            if isUp { granted.append(index) }
        }
        #expect(granted.count >= 990)
        let after = granted.filter { $0 >= 2008 }
        #expect(zip(after, after.dropFirst()).allSatisfy { $1 - $0 >= 2 })
    }

    @Test func `asks nothing of free pictures, nor of those within the margin before they are measured`() throws {
        var (pace, budget) = (Pace(), budget(for: 100))
        for index in 0..<80 {
            let isGranted = try take(index, slot(by: .announced), &pace, &budget)
            #expect(isGranted)
        }
        budget.record(reading(0, of: 10_000_000, at: first + .seconds(80 * 600)))
        for index in 80..<400 {
            let isGranted = try take(index, slot(by: .announced), &pace, &budget)
            #expect(isGranted)
        }
    }

    @Test func `asks nothing where nothing bounds the pictures`() throws {
        var (pace, budget) = (Pace(), Budget(.standard, reading(0, of: nil, at: first)))
        for index in 0..<50 { #expect(try take(index, slot(), &pace, &budget)) }
    }

    @Test func `lets the budget's own refusal go first`() {
        var pace = Pace()
        let full = Budget(.standard, reading(900_000, at: first))
        #expect(pace.permission(for: slot(), budget: full, at: first).reason == .ownStop)
    }

    @Test func `gives cameras with dear and with cheap pictures the same part of their slots`() throws {
        var (pace, budget) = (Pace(), budget(for: 2000))
        var granted = [0, 0, 0]
        for index in 0..<slots {
            for (camera, bytes) in [30_000, 100_000, 300_000].enumerated() {
                if try take(index, slot(Int64(bytes), camera: camera), &pace, &budget) { granted[camera] += 1 }
            }
        }
        let expected = 2000.0 * 100_000 / 430_000
        #expect(granted.allSatisfy { abs(Double($0) - expected) < 0.05 * expected }, "\(granted), \(expected)")
    }

    @Test func `does not let cameras that start together fetch together`() throws {
        var (pace, budget) = (Pace(), budget(for: 4320))
        var most = 0
        for index in 0..<500 {
            let granted = try (0..<20).filter { try take(index, slot(camera: $0), &pace, &budget) }
            if index > 0 { most = max(most, granted.count) }
        }
        #expect(most <= 8)
    }

    @Test func `gives the room of a camera that is gone to the others`() throws {
        var (pace, budget) = (Pace(), budget(for: 1000))
        var granted = 0
        for index in 0..<slots {
            if index < 10 { _ = try take(index, slot(900_000, camera: 1), &pace, &budget) }
            if index == 10 { pace.remove(.number(1)) }
            if try take(index, slot(), &pace, &budget) { granted += 1 }
        }
        #expect(granted >= 960)
    }

    @Test func `spreads live pictures within their own share of the cap`() throws {
        var (pace, budget) = (Pace(), budget(for: 10_000))
        var granted: [Int] = []
        for index in 0..<slots {
            let now = first + .milliseconds(Int64(index) * interval.milliseconds)
            let live = PacedSlot(
                camera: .number(0), interval: interval, isPrinting: true, expected: ByteCount(100_000), route: .proxied,
                within: 0.05)
            guard pace.permission(for: live, budget: budget, at: now) == .granted else { continue }
            try budget.spend(100_000, by: .proxied, at: now)
            granted.append(index)
        }
        #expect(granted.count >= 495 && granted.count <= 500)
        #expect((granted.last ?? 0) > slots - 50)
    }
}
