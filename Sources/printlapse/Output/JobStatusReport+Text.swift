import Archive
import Catalog
import Monitoring
import Vocabulary

extension JobStatusReport {
    /// A line a camera, then the archive's room and who captures, then what there is to do.
    func lines(width: Int) -> [String] {
        var table = TextTable([
            TextTable.Column(title: "  camera", isFlexible: true), .right("last frame"),
            TextTable.Column(title: "state", isFlexible: true), .right("for"), .right("allowance"),
        ])
        for camera in cameras { table.add(camera.cells(at: now)) }
        var lines = cameras.isEmpty ? machines.isEmpty ? ["No slots yet."] : [] : table.lines(width: width)
        if !lines.isEmpty { lines.append("") }
        lines.append("  Archive   \(room.used); \(room.free) are free beside it")
        lines.append("  Capture   \(writer.map { "\($0)" } ?? "none is running")".cut(toColumns: width))
        if timelapses.made + timelapses.unfinished.count > 0 {
            lines += timelapses.sentence(at: now).wrapped(to: width - 12).enumerated().map {
                ($0 == 0 ? "  Films     " : "            ") + $1
            }
        }
        if let offloadFailingSince {
            lines.append(
                "  Packs     older pictures could not be moved for \((now - offloadFailingSince).wholeText): see “doctor”"
                    .cut(toColumns: width))
        }
        if let publishFailingSince {
            lines.append(
                "  Hub       records could not be published for \((now - publishFailingSince).wholeText): see “doctor”"
                    .cut(toColumns: width))
        } else if let publication {
            lines.append("  Hub       \(publication.sentence(at: now))".cut(toColumns: width))
        }
        if let clock {
            lines += ["  Clock     \(clock.sentence)", "            \(clock.hint)"].map { $0.cut(toColumns: width) }
        }
        if let names {
            lines += "\(names.description.asSentence) \(names.hint)".wrapped(to: width - 12).enumerated().map {
                ($0 == 0 ? "  Names     " : "            ") + $1
            }
        }
        if !machines.isEmpty { lines += [""] + FollowedMachine.lines(machines, at: now, width: width) }
        for (camera, machine) in elsewhere {
            lines +=
                "\(camera) belongs to “\(machine.printable)”: “status” there says how well it is, and “usage” what of its allowance is used."
                .wrapped(to: width)
        }
        let unwell = cameras.filter { !$0.health.isHealthy }
        var advice = unwell.filter { !$0.wantsRoom }.map(\.advice)
        if unwell.contains(where: \.wantsRoom) {
            advice.append(
                "There is no room for pictures: make some, or see “printlapse prune”. Captures go on by themselves.")
        }
        if !advice.isEmpty { lines += [""] + advice }
        return lines
    }
}

extension JobStatusReport.Timelapses {
    fileprivate func sentence(at now: Timestamp) -> String {
        var parts = ["\(made.counted("timelapse")) made"]
        if let first = unfinished.first {
            parts.append("\(unfinished.count.grouped) to be made, the first due for \((now - first.dueAt).wholeText)")
        }
        guard let failed = failing.first, let reason = failed.reason else { return parts.joined(separator: "; ") }
        return parts.joined(separator: "; ") + ". “\(failed.rule)” of \(failed.camera): \(reason.asSentence)"
            + (failed.hint.map { " " + $0.asSentence } ?? "")
    }
}

extension JobStatusReport.Camera {
    fileprivate func cells(at now: Timestamp) -> [String] {
        [
            "\(mark) \(name)",
            lastFrame.map { "\((now - $0).wholeText) ago" } ?? "–",
            phrase,
            health.since.map { (now - $0).wholeText } ?? "–",
            share(at: now) ?? "–",
        ]
    }

    /// A failure that has not lasted long yet is no reason to call, and no success; nor is a picture that stays the same.
    private var mark: String {
        guard health.isHealthy else { return "✗" }
        return switch health.state {
        case .failing: "!"
        case .still: "–"
        default: "✓"
        }
    }

    /// What the state is called; a failure by its outcome and reason.
    private var phrase: String {
        switch health.state {
        case .working: health.lastRun?.outcome.phrase ?? ""
        case .idle: health.lastRun?.detail?.word == .notPrinting ? "not printing" : "no picture"
        case .still: "same picture"
        case .frozen: "frozen while printing"
        case .paused: "paused for the allowance"
        case .failing: health.lastRun.map { $0.outcome.phrase(because: $0.detail) } ?? ""
        case .unauthorized: "unauthorized"
        case .silent: "no slots"
        case .unknown: "never captured"
        }
    }

    /// Whether it is well, and only the archive has no room. That is so for all cameras alike.
    fileprivate var wantsRoom: Bool { health.state == .failing && health.lastRun?.outcome == .disk }

    var advice: String {
        switch health.state {
        case .unauthorized: "\(name): authorize again: printlapse authorize '\(name)'"
        case .frozen:
            "\(name): shows the very same picture while it prints: start the camera again, or what streams it"
        case .silent, .unknown: "\(name): nothing captures it: printlapse capture '\(name)'"
        default: "\(name): see “printlapse timeline --camera '\(name)' --limit 5” and “printlapse doctor”"
        }
    }

    /// Of the account's cap that is used, by the last reading of this month.
    private func share(at now: Timestamp) -> String? {
        guard let usage, now < usage.resetAt else { return nil }
        guard let cap = usage.monthlyCap, cap > .zero else { return "unlimited" }
        return "\((Double(usage.total.bytes) / Double(cap.bytes) * 100).formatted(places: 0)) %"
    }
}
