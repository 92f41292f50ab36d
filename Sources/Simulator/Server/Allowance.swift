internal import Vocabulary

/// The account's counter of proxied bytes, keyed by UTC month as the server keys it.
struct Allowance: Sendable {
    private var used: Int64
    private var month: Timestamp
    /// `nil` without a cap.
    var cap: ByteCount?
    let resetsLate: Bool

    init(used: ByteCount, cap: ByteCount?, resetsLate: Bool, at now: Timestamp) {
        self.used = used.bytes
        self.cap = cap
        self.resetsLate = resetsLate
        month = now.startOfMonth
    }

    mutating func total(at now: Timestamp) -> ByteCount {
        turn(at: now)
        return ByteCount(used)
    }

    mutating func set(_ total: ByteCount, at now: Timestamp) {
        turn(at: now)
        used = total.bytes
    }

    mutating func charge(_ bytes: Int, at now: Timestamp) {
        turn(at: now)
        used += Int64(bytes)
    }

    /// Whether proxied calls are refused: the server enforces the cap at 1.1 times of it.
    mutating func isOver(at now: Timestamp) -> Bool {
        guard let cap else { return false }
        return Double(total(at: now).bytes) > 1.1 * Double(cap.bytes)
    }

    /// The answer of the usage API.
    mutating func answer(at now: Timestamp) -> String {
        let cap = cap.map { "\(Double($0.bytes))" } ?? "-1"
        return
            "{\"total\": \(total(at: now).bytes), \"monthly_cap\": \(cap), "
            + "\"reset_in_seconds\": \(resetIn(at: now).inSeconds)}"
    }

    /// The real server counts to the first of the next month *at the current time of day*: whole days.
    private func resetIn(at now: Timestamp) -> Duration {
        let midnight = Timestamp(milliseconds: now.milliseconds - now.milliseconds % 86_400_000)
        return now.startOfNextMonth - (resetsLate ? midnight : now)
    }

    private mutating func turn(at now: Timestamp) {
        guard now.startOfMonth != month else { return }
        (month, used) = (now.startOfMonth, 0)
    }
}
