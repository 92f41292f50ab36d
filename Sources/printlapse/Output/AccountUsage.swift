import Archive
import Budget
import Vocabulary

/// The month's allowance, as `usage` prints it.
struct AccountUsage: Encodable {
    let camera: CameraName
    let report: BudgetReport
    let forecast: Forecast
    /// The newest slots of a capture that runs, which knows best what it does: it may have been started with another stop.
    var running: LedgerRun?

    /// Whether slots are skipped for the sake of the allowance: as a running capture's ledger tells, else as it would be.
    var skipping: Bool { running.map { $0.outcome == .cap } ?? report.skipping }

    private enum CodingKeys: String, CodingKey {
        case camera, total, unlimited, remaining, fraction, skipping, ours, others, reserve, ceiling, cost, days,
            earlier,
            forecast
        case monthlyCap = "monthly_cap"
        case resetAt = "reset_at"
        case capStop = "cap_stop"
        case stopsAt = "stops_at"
        case meteredBytesPerFrame = "metered_bytes_per_frame"
        case framesLeft = "frames_left"
    }

    private enum CostKeys: String, CodingKey {
        case webcamAPI = "webcam_api"
        case live
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(camera.text, forKey: .camera)
        try container.encode(report.total?.bytes, forKey: .total)
        try container.encode(report.monthlyCap?.bytes, forKey: .monthlyCap)
        try container.encode(report.unlimited, forKey: .unlimited)
        try container.encode(report.resetAt?.description, forKey: .resetAt)
        try container.encode(report.remaining?.bytes, forKey: .remaining)
        try container.encode(report.fraction, forKey: .fraction)
        try container.encode(report.capStop.description, forKey: .capStop)
        try container.encode(report.stopsAt?.bytes, forKey: .stopsAt)
        try container.encode(report.ownersReserve.description, forKey: .reserve)
        try container.encode(report.ceiling?.bytes, forKey: .ceiling)
        try container.encode(skipping, forKey: .skipping)
        try container.encode(report.ours?.bytes, forKey: .ours)
        try container.encode(report.others?.bytes, forKey: .others)
        try container.encode(report.meteredBytesPerFrame?.bytes, forKey: .meteredBytesPerFrame)
        try container.encode(report.framesLeft, forKey: .framesLeft)
        var cost = container.nestedContainer(keyedBy: CostKeys.self, forKey: .cost)
        try cost.encode(report.bytesPerAnnouncedFrame?.bytes, forKey: .webcamAPI)
        try cost.encode(report.bytesPerLiveFrame?.bytes, forKey: .live)
        try container.encode(forecast.earlier.map(EarlierUsage.init), forKey: .earlier)
        try container.encode(forecast.days.map(DayOfUsage.init), forKey: .days)
        try container.encode(UsageForecast(forecast: forecast), forKey: .forecast)
    }
}

extension BudgetReport {
    /// What was not ours of the account's use.
    var others: ByteCount? { total.flatMap { total in ours.map { total - $0 } } }
}

/// What was spent before the month's first reading, as JSON.
private struct EarlierUsage: Encodable {
    let until: String
    let total: Int64

    init(_ earlier: Forecast.Earlier) { (until, total) = (earlier.until.description, earlier.total.bytes) }
}

/// A day's spending, as JSON.
private struct DayOfUsage: Encodable {
    let day: String
    let total: Int64
    let ours: Int64
    let others: Int64

    init(_ spending: DailySpending) {
        day = spending.dayText
        (total, ours, others) = (spending.total.bytes, spending.ours.bytes, spending.others.bytes)
    }
}

extension DailySpending {
    /// `2026-11-23`, in UTC.
    var dayText: String { String(day.description.prefix(10)) }
}

/// A forecast, as JSON.
private struct UsageForecast: Encodable {
    let forecast: Forecast

    private enum CodingKeys: String, CodingKey {
        case byMonth = "by_month"
        case byLastDay = "by_last_day"
        case webcamAPIFramesLeft = "webcam_api_frames_left"
        case liveFramesLeft = "live_frames_left"
        case pacedSeconds = "paced_seconds"
    }

    private enum CourseKeys: String, CodingKey {
        case bytesPerDay = "bytes_per_day"
        case stopMetAt = "stop_met_at"
        case capMetAt = "cap_met_at"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        for (key, course) in [(CodingKeys.byMonth, forecast.byMonth), (.byLastDay, forecast.byLastDay)] {
            guard let course else {
                try container.encodeNil(forKey: key)
                continue
            }
            var nested = container.nestedContainer(keyedBy: CourseKeys.self, forKey: key)
            try nested.encode(course.bytesPerDay.bytes, forKey: .bytesPerDay)
            try nested.encode(course.stopMetAt?.description, forKey: .stopMetAt)
            try nested.encode(course.capMetAt?.description, forKey: .capMetAt)
        }
        try container.encode(forecast.announcedFramesLeft, forKey: .webcamAPIFramesLeft)
        try container.encode(forecast.liveFramesLeft, forKey: .liveFramesLeft)
        try container.encode(forecast.pacedInterval.map { Double($0.milliseconds) / 1000 }, forKey: .pacedSeconds)
    }
}
