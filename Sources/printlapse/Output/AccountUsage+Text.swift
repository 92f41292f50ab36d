import Archive
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
        return lines + days
    }

    private var used: String { "\(report.total ?? .zero)" }

    private func row(_ title: String, _ text: String) -> String { title.padding(to: 11) + text }

    private func bounded(_ width: Int) -> [String] {
        let percent = ((report.fraction ?? 0) * 100).formatted(places: 1)
        let parts = "\(report.ours ?? .zero) by captures, \(report.others ?? .zero) by others"
        let which = report.announcedAreFree ? "live ones" : "they"
        var captures = "\(state); \(which) stop at \(report.capStop)"
        if report.ownersReserve != .none {
            let isUsed = report.ceiling == report.stopsAt
            captures +=
                isUsed ? "; your \(report.ownersReserve) is used" : ", and \(report.ownersReserve) is kept for you"
        }
        return [row("Used", "\(used) of \(report.monthlyCap ?? .zero), \(percent) %: \(parts)")]
            + AllowanceBar(report, cells: width - 12).lines.map { row("", $0) }
            + [row("Left", "\(report.remaining ?? .zero)"), row("Captures", captures)]
            + (report.isOverServersLimit
                ? [row("Refused", "above 110 % of the cap: live pictures, calls to OctoPrint")] : [])
    }

    private var state: String {
        let free = report.proxiedPause != nil && report.announcedAreFree ? ", as announced pictures cost nothing" : ""
        guard let running else { return report.skipping ? "are skipped" : "go on" + free }
        guard skipping else { return report.skipping ? "go on, by the running one's own stop" : "go on" + free }
        return "are skipped" + (running.detail.map { ": \($0.phrase)" } ?? "")
    }

    /// What a capture costs by either route; of the live camera only where it was ever used.
    private var costs: [String] {
        let announced =
            switch report.bytesPerAnnouncedFrame {
            case .zero?: "costs nothing of the allowance, by measurement"
            case let bytes? where bytes < Self.noise: "costs next to nothing of the allowance, by measurement"
            case let bytes?: "costs \(bytes) of the allowance, by measurement"
            case nil: "costs an amount not measured yet: capture for ten minutes"
            }
        guard let live = report.bytesPerLiveFrame else { return [row("A frame", announced)] }
        let lines = [row("A frame", "of the live camera costs \(live)")]
        return report.bytesPerAnnouncedFrame == nil ? lines : lines + [row("", "of the webcam API " + announced)]
    }

    /// A measured cost below this is what rounding and the account's other traffic leave of none at all.
    private static let noise = ByteCount(100)

    /// Where captures every second would not meet the stop, numbers of frames say nothing.
    private static let amplePace = Duration.seconds(1)

    private var room: [String] {
        if let pace = forecast.pacedInterval, pace < Self.amplePace {
            return [row("Room for", "more than a frame a second until the reset")]
        }
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
        var lines: [String] = []
        for (name, course) in [("this month's", forecast.byMonth), ("the last day's", forecast.byLastDay)] {
            guard let course, report.monthlyCap != nil else { continue }
            let (first, second) = outcome(of: course, now)
            lines.append("at \(name) \(course.bytesPerDay) a day \(first)")
            if let second { lines.append(second) }
        }
        return zip(["Forecast"] + Array(repeating: "", count: lines.count), lines).map(row)
    }

    /// When our stop and the cap are met, as one clause and perhaps another.
    private func outcome(of course: Forecast.Course, _ now: Timestamp) -> (String, String?) {
        func clause(_ what: String, _ instant: Timestamp) -> String {
            "\(what) is met" + (instant <= now ? "" : " \(instant.localText.prefix(16))")
        }
        let (stop, cap) = (course.stopMetAt, course.capMetAt)
        switch (stop.map { clause("the stop", $0) }, cap.map { clause("the cap", $0) }) {
        case (let stop?, let cap?): return (stop + ",", cap)
        case (let only?, nil), (nil, let only?): return (only, nil)
        case (nil, nil): return ("the cap lasts", nil)
        }
    }

    private var days: [String] {
        var table = TextTable([.left("day (UTC)"), .right("total"), .right("captures"), .right("others")])
        if let earlier = forecast.earlier, earlier.total > .zero {
            table.add(["earlier", "\(earlier.total)", "–", "–"])
        }
        for day in forecast.days { table.add([day.dayText, "\(day.total)", "\(day.ours)", "\(day.others)"]) }
        return table.isEmpty ? [] : [""] + table.lines()
    }
}
