import Archive
import Budget
import Vocabulary

/// The month's allowance, as `usage` prints it.
struct AccountUsage: KeyedRecord {
    let camera: CameraName
    let report: BudgetReport
    let forecast: Forecast
    /// The newest slots of a capture that runs, which knows best what it does: it may have been started with another stop.
    var running: LedgerRun?
    /// All that share the account, as far as is known.
    var cameras: [CameraName] = []

    /// Whether slots are skipped for the sake of the allowance: as a running capture's ledger tells, else as it would be.
    var skipping: Bool { running.map { $0.outcome == .cap } ?? report.skipping }

    static let fields: [Field<Self>] = [
        Field("camera", \.camera),
        Field("total", \.report.total),
        Field("monthly_cap", \.report.monthlyCap),
        Field("unlimited", \.report.unlimited),
        Field("reset_at", \.report.resetAt),
        Field("remaining", \.report.remaining),
        Field("fraction", \.report.fraction),
        Field("cap_stop", \.report.capStop.description),
        Field("stops_at", \.report.stopsAt),
        Field("reserve", \.report.ownersReserve.description),
        Field("ceiling", \.report.ceiling),
        Field("skipping", \.skipping),
        Field("ours", \.report.ours),
        Field("others", \.report.others),
        Field("metered_bytes_per_frame", \.report.meteredBytesPerFrame),
        Field("frames_left", \.report.framesLeft),
        Field("cost") {
            ["webcam_api": $0.report.bytesPerAnnouncedFrame, "live": $0.report.bytesPerLiveFrame]
        },
        Field("earlier") { $0.forecast.earlier.map(EarlierUsage.init) },
        Field("days") { $0.forecast.days.map(DayOfUsage.init) },
        Field("forecast") { UsageForecast(forecast: $0.forecast) },
    ]
}

extension BudgetReport {
    /// What was not ours of the account's use.
    var others: ByteCount? { total.flatMap { total in ours.map { total - $0 } } }
}

/// What was spent before the month's first reading.
private struct EarlierUsage: KeyedRecord {
    let earlier: Forecast.Earlier

    static let fields: [Field<Self>] = [Field("until", \.earlier.until), Field("total", \.earlier.total)]
}

/// A day's spending.
private struct DayOfUsage: KeyedRecord {
    let spending: DailySpending

    static let fields: [Field<Self>] = [
        Field("day", \.spending.dayText), Field("total", \.spending.total), Field("ours", \.spending.ours),
        Field("others", \.spending.others),
    ]
}

extension DailySpending {
    /// `2026-11-23`, in UTC.
    var dayText: String { String(day.description.prefix(10)) }
}

private struct UsageForecast: KeyedRecord {
    let forecast: Forecast

    static let fields: [Field<Self>] = [
        Field("by_month") { $0.forecast.byMonth.map(UsageCourse.init) },
        Field("by_last_day") { $0.forecast.byLastDay.map(UsageCourse.init) },
        Field("webcam_api_frames_left", \.forecast.announcedFramesLeft),
        Field("live_frames_left", \.forecast.liveFramesLeft),
        Field("paced_seconds") { $0.forecast.pacedInterval.map { Double($0.milliseconds) / 1000 } },
    ]
}

/// Where spending leads if it goes on as it did.
private struct UsageCourse: KeyedRecord {
    let course: Forecast.Course

    static let fields: [Field<Self>] = [
        Field("bytes_per_day", \.course.bytesPerDay), Field("stop_met_at", \.course.stopMetAt),
        Field("cap_met_at", \.course.capMetAt),
    ]
}
