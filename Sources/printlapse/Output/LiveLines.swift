import Archive
import Capture
import Monitoring
import Snapshots
import Synchronization
import Vocabulary

/// One line on the terminal for each camera, redrawn in place at every event.
final class LiveLines: JobTeller {
    private let end: JobEnd
    private let started = ContinuousClock.now
    private let state: Mutex<State>

    private struct State {
        var cameras: [CameraName]
        var lines: [CameraName: CameraLine] = [:]
        var drawn = 0
        /// What was said last of each camera's trouble.
        var explained: [CameraName: String] = [:]
    }

    init(_ cameras: [CameraName], end: JobEnd) {
        self.end = end
        state = Mutex(State(cameras: cameras))
    }

    func note(_ event: CaptureEvent) {
        state.withLock { state in
            switch event {
            case .started(let camera, _):
                state.lines[camera, default: CameraLine()].last = "waiting for the first picture"
            case .slot(let report):
                state.lines[report.camera, default: CameraLine()].add(report)
                explain(report, &state)
            case .missed(let camera, _, let slots, let detail):
                state.lines[camera, default: CameraLine()].missed += detail == "not_running" ? 0 : slots
            case .usage(let camera, let reading): state.lines[camera, default: CameraLine()].usage = reading
            case .logGrown(let size, let readers):
                sayAbove("\(LogReader.sentence(size, readers)) \(LogReader.hint)", &state)
            case .paused(let pause):
                sayAbove("Captures pause: \(pause.description.asSentence) \(pause.hint)", &state)
            case .resumed(let time): sayAbove("Captures go on, after \(time.shortText).", &state)
            case .pruned(let result): sayAbove(result.sentence, &state)
            case .notPruned(let reason):
                sayAbove("What retention lets go was not removed: \(reason.asSentence)", &state)
            case .faultLasts(let camera, let reason):
                sayAbove(
                    "\(camera): what comes is never whole, so it is asked once a slot: \(reason.asSentence)", &state)
            case .faultOver(let camera): sayAbove("\(camera): whole pictures come again.", &state)
            case .remark(let camera, let remark): sayAbove("\(camera): \(remark.description) \(remark.hint)", &state)
            case .retrying, .usageUnknown, .allowance, .printStarted, .printResumed, .printEnded, .disk: break
            case .reloaded, .notReloaded, .liveFailed, .printerUnknown, .logShortened: break
            case .ended(let camera): state.lines[camera]?.hasEnded = true
            }
            draw(&state)
        }
    }

    /// What a person should know and the line has no room for, once above the lines.
    private func explain(_ report: SlotReport, _ state: inout State) {
        let explanation = report.hint == nil ? nil : report.explanation
        guard report.attempts > 0 || report.outcome == .cap, !report.isPaced, report.outcome != .disk else { return }
        defer { state.explained[report.camera] = explanation }
        guard let explanation, state.explained[report.camera] != explanation else { return }
        sayAbove("\(report.camera): \(report.sentence)", &state)
    }

    func note(_ note: MonitoringNote) {
        state.withLock { state in
            sayAbove(note.description.asSentence, &state)
            draw(&state)
        }
    }

    private func sayAbove(_ text: String, _ state: inout State) {
        let up = state.drawn > 0 ? "\u{1B}[\(state.drawn)F\u{1B}[J" : ""
        state.drawn = 0
        StandardError.write(up + text)
    }

    private func draw(_ state: inout State) {
        let width = terminalWidth()
        let name = min(16, state.cameras.map(\.text.count).max() ?? 0)
        var text = state.drawn > 0 ? "\u{1B}[\(state.drawn)F" : ""
        for camera in state.cameras {
            let line = state.lines[camera] ?? CameraLine()
            text += line.text(camera, name: name, end: end, elapsed: ContinuousClock.now - started, width: width)
            text += "\u{1B}[K\n"
        }
        state.drawn = state.cameras.count
        StandardError.write(text, terminator: "")
    }
}

/// What one camera's line tells.
struct CameraLine {
    var stored = 0
    var repeats = 0
    var others = 0
    var missed = 0
    var last = "starting"
    var usage: UsageReading?
    var hasEnded = false

    mutating func add(_ report: SlotReport) {
        switch report.outcome {
        case .stored: stored += 1
        case .duplicate, .unchanged: repeats += 1
        default: others += 1
        }
        let what =
            switch report.outcome {
            case .stored: report.frame.map { "\($0.bytes)" } ?? "stored"
            case .duplicate, .unchanged: "same picture"
            case .noPicture: report.isIdle ? "no print runs" : "no picture"
            case .cap where report.isPaced: "paced"
            default: [report.outcome.rawValue, report.detail].compactMap(\.self).joined(separator: ": ")
            }
        last = "\(report.slot.due.localTime) \(what)"
    }

    func text(_ camera: CameraName, name: Int, end: JobEnd, elapsed: Duration, width: Int) -> String {
        var counts = [stored.counted("frame")]
        if repeats > 0 { counts.append("\(repeats.grouped) repeated") }
        if missed > 0 { counts.append("\(missed.grouped) missed") }
        if others > 0 { counts.append("\(others.grouped) without") }
        var parts = [counts.joined(separator: ", "), hasEnded ? "ended" : last]
        if let usage, let cap = usage.monthlyCap, cap > .zero, usage.total.bytes > cap.bytes / 2 {
            parts.append("\((Double(usage.total.bytes) / Double(cap.bytes) * 100).formatted(places: 0)) % of the cap")
        }
        let label = camera.text.cut(to: name).padding(to: name)
        return "\(label) \(progress(end, elapsed: elapsed))\(parts.joined(separator: " · "))".cut(to: width - 1)
    }

    /// A short bar where the job has an end.
    private func progress(_ end: JobEnd, elapsed: Duration) -> String {
        let shares = [
            end.frames.map { Double(stored) / Double(max(1, $0)) },
            end.slots.map { Double(stored + repeats + others + missed) / Double(max(1, $0)) },
            end.duration.map { elapsed / $0 },
        ]
        guard let furthest = shares.compactMap(\.self).max() else { return "" }
        let share = hasEnded ? 1 : furthest
        let cells = 10
        let full = min(cells, max(0, Int(share * Double(cells))))
        return String(repeating: "█", count: full) + String(repeating: "░", count: cells - full) + " "
    }
}
