import Archive
import Capture
import Monitoring
import Snapshots
import Storage
import Synchronization
import Vocabulary

/// One line on the terminal for each camera, redrawn in place at every event; of more cameras than it has rows, those in trouble
/// first, and a line for the others.
final class LiveLines: JobTeller {
    private let end: JobEnd
    private let started = ContinuousClock.now
    private let state: Mutex<State>

    private struct State {
        var cameras: [CameraName]
        var lines: [CameraName: CameraLine] = [:]
        var screen = LiveScreen()
        /// What was said last of each camera's trouble.
        var explained: [CameraName: String] = [:]
    }

    init(_ cameras: [CameraName], end: JobEnd) {
        self.end = end
        state = Mutex(State(cameras: cameras))
    }

    func tell(_ event: CaptureEvent) {
        state.withLock { state in
            switch event {
            case .started(let camera, _):
                state.lines[camera, default: CameraLine()].last = "waiting for the first picture"
            case .slot(let report):
                state.lines[report.camera, default: CameraLine()].add(report)
                explain(report, &state)
            case .missed(let camera, _, let slots, let detail):
                state.lines[camera, default: CameraLine()].missed += detail.word == .notRunning ? 0 : slots
            case .usage(let camera, let reading): state.lines[camera, default: CameraLine()].usage = reading
            case .archiveNames(let count, let path) where count > 1:
                let problem = ArchiveError.severalNames(path: path, count: count)
                sayAbove("\(problem.description.asSentence) \(problem.hint)", &state)
            case .logGrown(let size, let readers):
                sayAbove("\(LogReader.sentence(size, readers)) \(LogReader.hint)", &state)
            case .clockLeapt(let leap): sayAbove(leap.sentence, &state)
            case .clockDoubtful(SystemClock.Doubt.unsynchronised.label): break
            case .clockDoubtful:
                sayAbove("This machine's clock may be wrong, and times with it: see “printlapse doctor”.", &state)
            case .clockTrusted: break
            case .paused(let pause):
                sayAbove("Captures pause: \(pause.description.asSentence) \(pause.hint)", &state)
            case .resumed(let time): sayAbove("Captures go on, after \(time.shortText).", &state)
            case .pruned(let result): sayAbove(result.sentence, &state)
            case .notPruned(let reason):
                sayAbove("What retention lets go was not removed: \(reason.asSentence)", &state)
            case .frozen(let camera, let since):
                sayAbove("\(camera): the very same picture since \(since.localText): the camera hangs.", &state)
            case .thawed: break
            case .timelapse(let timelapse): sayAbove(timelapse.sentence, &state)
            case .timelapsesNotMade(let reason): sayAbove(reason, &state)
            case .store(_, .works), .store(_, .off), .store(.publish, .done): break
            case .store(let task, let news): sayAbove(news.sentence(of: task), &state)
            case .faultLasts(let camera, let reason):
                sayAbove(
                    "\(camera): what comes is never whole, so it is asked once a slot: \(reason.asSentence)", &state)
            case .faultOver(let camera): sayAbove("\(camera): whole pictures come again.", &state)
            case .remark(let camera, let remark): sayAbove("\(camera): \(remark.description) \(remark.hint)", &state)
            case .retrying, .usageUnknown, .allowance, .printStarted, .printResumed, .printEnded, .disk: break
            case .reloaded(let added, let removed, _): change(added: added, removed: removed, &state)
            case .notReloaded(let reason):
                sayAbove("What has changed cannot be used, and captures go on as they were: \(reason)", &state)
            case .liveFailed, .printerUnknown, .logShortened, .archiveNames: break
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

    func tell(_ message: MonitoringMessage) {
        state.withLock { state in
            sayAbove(message.description.asSentence, &state)
            draw(&state)
        }
    }

    private func sayAbove(_ text: String, _ state: inout State) {
        StandardError.draw(state.screen.clearing(in: .current) + text.shown + "\n")
    }

    private func change(added: [CameraName], removed: [CameraName], _ state: inout State) {
        let gone = Set(removed)
        state.cameras = state.cameras.filter { !gone.contains($0) } + added
        for camera in removed { state.lines[camera] = nil }
    }

    private func draw(_ state: inout State) {
        // What is said above is kept; a stopped terminal is not to show each drawing when it goes on.
        guard !StandardError.isBehind else { return }
        let size = TerminalSize.current
        let lines = state.cameras.map { state.lines[$0] ?? CameraLine() }
        let choice = LiveChoice(lines.map(\.isTroubled), room: LiveScreen.room(in: size))
        let name = min(16, choice.shown.map { state.cameras[$0].text.columns }.max() ?? 0)
        var texts = choice.shown.map { index in
            lines[index].text(
                state.cameras[index], name: name, end: end, elapsed: ContinuousClock.now - started)
        }
        if !choice.hidden.isEmpty { texts.append(CameraLine.summary(choice.hidden.map { lines[$0] })) }
        StandardError.draw(state.screen.drawing(texts, in: size))
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
    /// Whether its last slot brought nothing that it should have brought.
    var isTroubled = false

    mutating func add(_ report: SlotReport) {
        isTroubled = report.outcome.isFailure
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
            default: report.outcome.phrase(because: report.detail)
            }
        last = "\(report.slot.due.localTime) \(what)"
    }

    func text(_ camera: CameraName, name: Int, end: JobEnd, elapsed: Duration) -> String {
        var counts = [stored.counted("frame")]
        if repeats > 0 { counts.append("\(repeats.grouped) repeated") }
        if missed > 0 { counts.append("\(missed.grouped) missed") }
        if others > 0 { counts.append("\(others.grouped) without") }
        var parts = [counts.joined(separator: ", "), hasEnded ? "ended" : last]
        if let usage, let cap = usage.monthlyCap, cap > .zero, usage.total.bytes > cap.bytes / 2 {
            parts.append("\((Double(usage.total.bytes) / Double(cap.bytes) * 100).formatted(places: 0)) % of the cap")
        }
        let label = camera.text.cut(toColumns: name)
        let blank = String(repeating: " ", count: max(0, name - label.columns))
        return "\(label)\(blank) \(progress(end, elapsed: elapsed))\(parts.joined(separator: " · "))"
    }

    /// What there is to say of the cameras for which there is no room.
    static func summary(_ lines: [CameraLine]) -> String {
        let troubled = lines.count { $0.isTroubled }
        let frames = lines.reduce(0) { $0 + $1.stored }
        let trouble = troubled > 0 ? ", \(troubled.grouped) in trouble" : ""
        return "and \(lines.count.counted("camera")) more: \(frames.counted("frame"))\(trouble)"
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
