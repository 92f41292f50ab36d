package import Vocabulary

/// What an account spent on one day in UTC, in which the server counts.
package struct DailySpending: Hashable, Sendable {
    /// 00:00 UTC.
    package let day: Timestamp
    package internal(set) var total: ByteCount = .zero
    /// What we were charged, by measurement and from above.
    package internal(set) var ours: ByteCount = .zero

    /// The rest: other apps and printers of the account, and the owner.
    package var others: ByteCount { total - ours }

    /// The days that the readings tell of, in order.
    ///
    /// What was spent between two readings is spread evenly over the time between them. On which days it was that the
    /// month's first reading finds spent, nobody knows: it is on none of them.
    ///
    /// - Parameters:
    ///   - steps: of one account and month, oldest first.
    ///   - share: the part of an announced byte that is charged, 0 to 1.
    static func days(of steps: [UsageStep], share: Double) -> [DailySpending] {
        var days: [DailySpending] = []
        for (before, step) in zip(steps, steps.dropFirst()) {
            let (from, reading) = (before.reading, step.reading)
            // A counter that was set back began anew.
            let growth = reading.total >= from.total ? reading.total - from.total : reading.total
            let charge = step.receipts.proxied.bytes + Int64(Double(step.receipts.announced.bytes) * share)
            spread(growth, min(growth, ByteCount(charge)), from: from.readAt, until: reading.readAt, over: &days)
        }
        return days
    }

    private static func spread(
        _ total: ByteCount, _ ours: ByteCount, from: Timestamp, until: Timestamp, over days: inout [DailySpending]
    ) {
        let length = max(1, (until - from).milliseconds)
        var (begin, spread): (Timestamp, DailySpending) = (from, DailySpending(day: from))
        repeat {
            let midnight = Timestamp(milliseconds: begin.milliseconds - begin.milliseconds % 86_400_000)
            let end = min(until, midnight + .seconds(86_400))
            // Parts of the running sum, so that no byte is lost by rounding.
            let part = until <= from ? 1 : Double((end - from).milliseconds) / Double(length)
            let (totalYet, oursYet) = (total.part(part), ours.part(part))
            if days.last?.day != midnight { days.append(DailySpending(day: midnight)) }
            days[days.count - 1].total += totalYet - spread.total
            days[days.count - 1].ours += oursYet - spread.ours
            (spread.total, spread.ours, begin) = (totalYet, oursYet, end)
        } while begin < until
    }
}
