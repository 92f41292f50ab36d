package import Vocabulary

/// Where the month's allowance is heading, by what was spent of it so far.
package struct Forecast: Hashable, Sendable {
    /// How fast the account spends, and when that meets its bounds.
    package struct Course: Hashable, Sendable {
        /// Bytes a day by the whole account.
        package let bytesPerDay: ByteCount
        /// When our stop would be met; `nil` where it is not before the reset, or there is none.
        package let stopMetAt: Timestamp?
        /// When the cap would be met.
        package let capMetAt: Timestamp?
    }

    /// Spending before anything was read.
    package struct Earlier: Hashable, Sendable {
        /// The first reading.
        package let until: Timestamp
        package let total: ByteCount
    }

    /// What was spent before the first reading of this month, on days that nobody knows; `nil` without a reading.
    package let earlier: Earlier?
    /// The days of this month that the readings tell of, in order.
    package let days: [DailySpending]
    /// By the whole month so far; `nil` in its first hour.
    package let byMonth: Course?
    /// By the last 24 hours, or what the readings have of them; `nil` for less than an hour.
    package let byLastDay: Course?
    /// Pictures of the webcam API that fit before our stop; `nil` where nothing bounds them.
    package let announcedFramesLeft: Int64?
    /// Pictures of the live camera that fit before our stop; `nil` where nothing bounds them or none was ever taken.
    package let liveFramesLeft: Int64?
    /// How far apart those that fit lie when they are spread until the reset; the dearer ones where there are both kinds.
    package let pacedInterval: Duration?

    fileprivate static let shortest = Duration.seconds(3600)

    /// - Parameters:
    ///   - steps: the account's readings of this month, oldest first, the newest as the report has it.
    ///   - report: the allowance as it stands.
    package init(from steps: [UsageStep], _ report: BudgetReport, at now: Timestamp) {
        let steps = steps.filter { $0.reading.readAt >= now.startOfMonth }
        earlier = steps.first.map { Earlier(until: $0.reading.readAt, total: $0.reading.total) }
        days = DailySpending.days(of: steps, share: report.announcedShare ?? 1)
        announcedFramesLeft = report.framesLeft(each: report.bytesPerAnnouncedFrame)
        liveFramesLeft = report.framesLeft(each: report.bytesPerLiveFrame)
        pacedInterval = (liveFramesLeft ?? announcedFramesLeft).flatMap { frames in
            guard let reset = report.resetAt, frames > 0 else { return nil }
            return .milliseconds((reset - now).milliseconds / frames)
        }
        let newest = steps.last?.reading
        byMonth = newest.flatMap { Course(from: .zero, at: $0.readAt.startOfMonth, to: $0, report) }
        let dayAgo = now - .seconds(86_400)
        let base = steps.last { $0.reading.readAt <= dayAgo } ?? steps.first
        byLastDay = newest.flatMap { newest in
            base.flatMap { Course(from: $0.reading.total, at: $0.reading.readAt, to: newest, report) }
        }
    }
}

extension Forecast.Course {
    /// - Returns: `nil` where the stretch is too short to tell, or the counter was set back in it.
    fileprivate init?(from total: ByteCount, at begin: Timestamp, to newest: UsageReading, _ report: BudgetReport) {
        let elapsed = newest.readAt - begin
        guard elapsed >= Forecast.shortest, newest.total >= total else { return nil }
        let perMillisecond = Double((newest.total - total).bytes) / Double(elapsed.milliseconds)
        func meets(_ limit: ByteCount?) -> Timestamp? {
            guard let limit else { return nil }
            let left = Double((limit - newest.total).bytes)
            guard left > 0 else { return newest.readAt }
            let wait = left / perMillisecond
            guard wait < 1e12 else { return nil }
            let instant = newest.readAt + .milliseconds(Int64(wait))
            return instant < newest.resetAt ? instant : nil
        }
        bytesPerDay = ByteCount(Int64(perMillisecond * 86_400_000))
        (stopMetAt, capMetAt) = (meets(report.stopsAt), meets(report.monthlyCap))
    }
}
