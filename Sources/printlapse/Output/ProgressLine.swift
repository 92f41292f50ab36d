import Care
import Synchronization
import Vocabulary

/// One line on a terminal that shows how far a long command is; silent where nobody watches.
final class ProgressLine: Sendable {
    private struct State {
        var lastDrawn: ContinuousClock.Instant?
        var isShown = false
        var started = ContinuousClock.now
        var done = 0
    }

    private let what: String
    private let isActive: Bool
    private let state = Mutex(State())

    /// - Parameter what: what is being counted, in the plural: `frames`.
    init(_ what: String, isQuiet: Bool) {
        self.what = what
        isActive = !isQuiet && StandardError.canBeDrawnOver
    }

    /// Draws at most ten times a second, and always when all is done. Where the work goes through the same once more,
    /// its speed is counted anew.
    func update(done: Int, total: Int) {
        guard isActive, total > 0 else { return }
        let now = ContinuousClock.now
        state.withLock { state in
            if done < state.done { state.started = now }
            state.done = done
            if let last = state.lastDrawn, now - last < .milliseconds(100), done < total { return }
            if StandardError.isBehind { return }
            state.lastDrawn = now
            state.isShown = true
            StandardError.draw(
                "\r" + Self.text(what, done, total, now - state.started, width: TerminalSize.current.columns))
        }
    }

    /// Takes the line away, so that what follows begins at the left.
    func finish() {
        state.withLock { state in
            guard state.isShown else { return }
            state.isShown = false
            StandardError.draw("\r\u{1B}[K")
        }
    }

    static func text(_ what: String, _ done: Int, _ total: Int, _ elapsed: Duration, width: Int) -> String {
        let seconds = max(0.001, Double(elapsed.milliseconds) / 1000)
        let rate = Double(done) / seconds
        let left = rate > 0 ? Duration.seconds(Double(total - done) / rate).shortText : "–"
        let numbers =
            " \(done.grouped) of \(total.grouped) \(what)  \(rate.formatted(places: rate < 10 ? 1 : 0))/s  \(left) left"
        let cells = max(5, min(32, width - numbers.count - 3))
        let full = cells * done / total
        let bar = String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
        return String((bar + numbers).prefix(width - 1)) + "\u{1B}[K"
    }
}

extension ProgressLine {
    /// In megabytes.
    func update(_ progress: SpaceReturnProgress) {
        let (done, left) = (progress.returned.bytes / 1_000_000, progress.remaining.bytes / 1_000_000)
        update(done: Int(done), total: Int(done + left))
    }
}
