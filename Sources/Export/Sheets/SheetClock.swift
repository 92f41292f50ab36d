internal import FoundationEssentials
internal import Vocabulary

/// Local times as sheets show them, as fine as the span that they are about.
struct SheetClock: Hashable, Sendable {
    let span: ClosedRange<Timestamp>
    let timeZone: TimeZone

    /// `2026-11-23, 14:05:10 – 14:17:32`, or with both dates where there are two.
    var spanText: String {
        let (start, end) = (span.lowerBound, span.upperBound)
        if start == end { return "\(date(start)), \(time(start))" }
        if isOneDay { return "\(date(start)), \(time(start)) – \(time(end))" }
        return "\(date(start)), \(time(start)) – \(date(end)), \(time(end))"
    }

    /// A frame's time: `14:05:10`, or `23 Nov 14:05` where more than one day is shown.
    func label(_ instant: Timestamp) -> String {
        isOneDay ? time(instant) : "\(day(instant)) \(time(instant, withSeconds: false))"
    }

    /// A text as wide as any label.
    var widestLabel: String { isOneDay ? "00:00:00" : "00 Mar 00:00" }

    /// A place on an axis whose marks stand so many seconds apart: `14:05`, or `23 Nov` where a day begins.
    func mark(_ instant: Timestamp, step: Int) -> String {
        let local = CivilTime(instant, in: timeZone)
        if !isOneDay, (local.hour, local.minute, local.second) == (0, 0, 0) { return day(instant) }
        return time(instant, withSeconds: step < 60)
    }

    /// How many steps of so many seconds local clocks have made since 1970, and when the last of them began.
    func steps(of seconds: Int, until instant: Timestamp) -> (count: Int64, start: Timestamp) {
        let local = CivilTime(instant, in: timeZone).timestamp
        let step = Int64(seconds) * 1000
        let since = ((local.milliseconds % step) + step) % step
        return ((local.milliseconds - since) / step, Timestamp(milliseconds: instant.milliseconds - since))
    }

    private var isOneDay: Bool { date(span.lowerBound) == date(span.upperBound) }

    private func date(_ instant: Timestamp) -> String {
        let local = CivilTime(instant, in: timeZone)
        return "\(local.year.padded(4))-\(local.month.padded(2))-\(local.day.padded(2))"
    }

    private func day(_ instant: Timestamp) -> String {
        let local = CivilTime(instant, in: timeZone)
        return "\(local.day) \(Self.months[local.month - 1])"
    }

    private func time(_ instant: Timestamp, withSeconds: Bool = true) -> String {
        let local = CivilTime(instant, in: timeZone)
        let time = "\(local.hour.padded(2)):\(local.minute.padded(2))"
        return withSeconds ? time + ":" + local.second.padded(2) : time
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
