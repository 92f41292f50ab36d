import Budget
import Vocabulary

extension AccountUsage {
    /// What a person reads.
    ///
    /// - Parameter width: columns, 60 or more.
    func lines(width: Int, now: Timestamp) -> [String] {
        var lines = report.monthlyCap == nil ? [row("Used", "\(used); the allowance is unlimited")] : bounded(width)
        if let reset = report.resetAt {
            lines.append(row("Reset", "\(reset.localText), in \((reset - now).shortText)"))
        }
        lines += costs + room + courses(now: now)
        return lines + [""] + days
    }

    private var used: String { "\(report.total ?? .zero)" }

    private func row(_ title: String, _ text: String) -> String { title.padding(to: 11) + text }

    private func bounded(_ width: Int) -> [String] {
        let percent = ((report.fraction ?? 0) * 100).formatted(places: 1)
        let parts = "\(report.ours ?? .zero) by captures, \(report.others ?? .zero) by others"
        var captures = (report.skipping ? "are skipped" : "go on") + "; they stop at \(report.capStop)"
        if report.ownersReserve != .none { captures += ", and \(report.ownersReserve) is kept for you" }
        return [row("Used", "\(used) of \(report.monthlyCap ?? .zero), \(percent) %: \(parts)")]
            + AllowanceBar(report, cells: width - 12).lines.map { row("", $0) }
            + [row("Left", "\(report.remaining ?? .zero)"), row("Captures", captures)]
    }

    /// What a capture costs by either route; of the live camera only where it was ever used.
    private var costs: [String] {
        let announced =
            switch report.bytesPerAnnouncedFrame {
            case .zero?: "costs nothing of the allowance, by measurement"
            case let bytes?: "costs \(bytes) of the allowance, by measurement"
            case nil: "costs an amount not measured yet: capture for ten minutes"
            }
        guard let live = report.bytesPerLiveFrame else { return [row("A frame", announced)] }
        let lines = [row("A frame", "of the live camera costs \(live)")]
        return report.bytesPerAnnouncedFrame == nil ? lines : lines + [row("", "of the webcam API " + announced)]
    }

    private var room: [String] {
        var lines: [String] = []
        if let frames = forecast.announcedFramesLeft {
            lines.append(row("Room for", "\(Int(frames).counted("frame")) of the webcam API until the stop"))
        }
        if let frames = forecast.liveFramesLeft {
            lines.append(row(lines.isEmpty ? "Room for" : "", "\(Int(frames).counted("live frame")) until the stop"))
        }
        if let interval = forecast.pacedInterval {
            lines.append(row("Paced", "that is one every \(interval.shortText) until the reset"))
        }
        return lines
    }

    private func courses(now: Timestamp) -> [String] {
        let courses = [("this month's", forecast.byMonth), ("the last day's", forecast.byLastDay)]
            .compactMap { name, course in course.map { "at \(name) \($0.bytesPerDay) a day \(outcome(of: $0, now))" } }
        return zip(["Forecast"] + Array(repeating: "", count: courses.count), courses).map(row)
    }

    private func outcome(of course: Forecast.Course, _ now: Timestamp) -> String {
        guard report.monthlyCap != nil else { return "nothing is ever met" }
        func when(_ instant: Timestamp) -> String {
            instant <= now ? "is met" : "is met \(instant.localText.prefix(16))"
        }
        switch (course.stopMetAt, course.capMetAt) {
        case (let stop?, let cap?) where stop != cap:
            return "the stop \(when(stop)),\n" + row("", "the cap \(when(cap))")
        case (_, let cap?): return "the cap \(when(cap))"
        case (let stop?, nil): return "the stop \(when(stop)), the cap is not"
        case (nil, nil): return "the cap lasts"
        }
    }

    private var days: [String] {
        guard !forecast.days.isEmpty else { return [] }
        var table = TextTable([.left("day (UTC)"), .right("total"), .right("captures"), .right("others")])
        for day in forecast.days { table.add([day.dayText, "\(day.total)", "\(day.ours)", "\(day.others)"]) }
        return table.lines()
    }
}
