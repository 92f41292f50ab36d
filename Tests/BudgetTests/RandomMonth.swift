import Vocabulary

/// A month of an account as it truly goes: its cap, what others spend, which cameras can be reached and print.
///
/// All of it is drawn before the month begins, so that a schedule which knows everything can be computed beside ours.
struct RandomMonth {
    static let interval = Duration.seconds(1200)
    static let start = Timestamp(milliseconds: 1_793_491_200_000)  // 2026-11-01T00:00:00Z
    static let slots = Int((start.startOfNextMonth - start) / interval)
    private static let day = Int(Duration.seconds(86_400) / interval)

    let cameras: [CameraName]
    /// What part of our bytes the server counts.
    let share: Double
    /// At each slot.
    private(set) var cap: [Int64]
    /// What others spend just before each slot, and all that they had spent by then.
    private(set) var elsewhere: [Int64]
    private(set) var elsewhereInAll: [Int64] = []
    /// Whether the server can be reached, and whether the usage call fails on its own.
    private(set) var isServerUp: [Bool]
    private(set) var usageFails: [Bool]
    /// For each camera at each slot.
    private(set) var answers: [[Bool]] = []
    private(set) var prints: [[Bool]] = []
    private(set) var bytes: [[Int64]] = []
    var random: SplitMix

    init(seed: UInt64) {
        var random = SplitMix(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let count = Self.slots
        cameras = (0..<Int.random(in: 1...3, using: &random)).map { try! CameraName("camera \($0)") }
        share = [0, 0.3, 1, 1, 1].randomElement(using: &random)!
        let picture = Int64.random(in: 100_000...400_000, using: &random)
        let wanted = Double(picture) * max(0.3, share) * Double(count * cameras.count)
        let first = Int64(wanted * Double.random(in: 0.2...1.5, using: &random))

        cap = Array(repeating: first, count: count)
        if Bool.random(using: &random) {
            let changed = Int64(Double(first) * [0.6, 1.5].randomElement(using: &random)!)
            for slot in Int.random(in: count / 5...count * 4 / 5, using: &random)..<count { cap[slot] = changed }
        }
        elsewhere = Array(repeating: 0, count: count)
        let appetite = Double.random(in: 0...0.5, using: &random)
        let sittings = Int.random(in: 1...60, using: &random)
        for _ in 0..<sittings {
            elsewhere[Int.random(in: 0..<count, using: &random)] += Int64(appetite * Double(first) / Double(sittings))
        }
        elsewhereInAll = elsewhere.reduce(into: []) { $0.append(($0.last ?? 0) + $1) }

        isServerUp = Self.outages(0...2, &random)
        usageFails = (0..<count).map { _ in Int.random(in: 0..<5, using: &random) == 0 }
        for _ in cameras {
            answers.append(zip(isServerUp, Self.outages(0...3, &random)).map { $0 && $1 })
            prints.append(Self.phases(&random))
            bytes.append((0..<count).map { _ in Int64(Double(picture) * Double.random(in: 0.9...1.1, using: &random)) })
        }
        self.random = random
    }

    /// Outages of up to a day. None is in the month's last day: room that is left by such a one cannot be made up for, and
    /// nobody could know of it before.
    private static func outages(_ count: ClosedRange<Int>, _ random: inout SplitMix) -> [Bool] {
        var isUp = Array(repeating: true, count: slots)
        for _ in 0..<Int.random(in: count, using: &random) {
            let first = Int.random(in: 0..<slots - 2 * day, using: &random)
            for slot in first..<first + Int.random(in: 1...day, using: &random) { isUp[slot] = false }
        }
        return isUp
    }

    /// Prints of 2 to 14 hours with 3 hours to 2 days between them.
    private static func phases(_ random: inout SplitMix) -> [Bool] {
        var prints: [Bool] = []
        while prints.count < slots {
            prints += Array(repeating: false, count: Int.random(in: day / 8...2 * day, using: &random))
            prints += Array(repeating: true, count: Int.random(in: day / 12...day * 7 / 12, using: &random))
        }
        return Array(prints.prefix(slots))
    }

    func cost(_ camera: Int, _ slot: Int) -> Int64 { Int64((Double(bytes[camera][slot]) * share).rounded(.up)) }

    static func time(of slot: Int) -> Timestamp { start + .milliseconds(Int64(slot) * interval.milliseconds) }
}
