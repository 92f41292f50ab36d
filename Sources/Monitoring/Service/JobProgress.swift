import Capture
import Vocabulary

/// Tells whether a job gets on, so that a stuck one is not reported to be alive. A pure value.
///
/// A job gets on while slots of any of its cameras come to an outcome. How long there may be none depends on the
/// shortest interval: two of them, and the longest that one slot may take with all its attempts and deadlines.
struct JobProgress: Sendable {
    /// For one slot: six attempts at most, of which the last may begin at the interval's end and run into its deadline.
    static let longestSlot = Duration.seconds(300)

    private var intervals: [CameraName: Duration] = [:]
    private var lastSign: SuspendingClock.Instant

    /// - Parameter start: the job has as long as a slot to begin.
    init(start: SuspendingClock.Instant) {
        lastSign = start
    }

    mutating func observe(_ event: CaptureEvent, at now: SuspendingClock.Instant) {
        switch event {
        case .started(let camera, let interval): intervals[camera] = interval
        case .ended(let camera): intervals[camera] = nil
        case .slot, .missed: break
        // Readings, checks of the disk and reloads go on beside cameras that are stuck.
        default: return
        }
        lastSign = now
    }

    func isMade(at now: SuspendingClock.Instant) -> Bool {
        now - lastSign <= Self.longestSlot + (intervals.values.min() ?? .zero) * 2
    }
}
