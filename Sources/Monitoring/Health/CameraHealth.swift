package import Archive
internal import Capture
import Deduplication
package import Vocabulary

/// Whether a camera is captured as it should be, as its ledger tells. A pure value.
package struct CameraHealth: Hashable, Sendable {
    /// How the camera is doing, and since when.
    package enum State: String, Sendable {
        /// Pictures come, new ones or the same again.
        case working
        /// It has no picture, or none is wanted while nothing is printed.
        case idle
        /// Slots are skipped for the sake of the allowance.
        case paused
        /// Pictures come, and have been the same for long, while nothing is known to print.
        case still
        /// The camera has shown the very same picture for too long while something prints.
        case frozen
        /// Slots fail.
        case failing
        /// Credentials are refused.
        case unauthorized
        /// Slots have had no outcome of late: nobody captures.
        case silent
        /// There never was a slot.
        case unknown
    }

    package let state: State
    /// When it began; `nil` where nothing is known.
    package let since: Timestamp?
    /// The last slot's run.
    package let lastRun: LedgerRun?
    /// The last slot that the ledger tells of, where that lies ahead of now.
    package let aheadUntil: Timestamp?
    /// Whether nobody needs to do anything: it works, is idle or paused, or has not failed for long.
    package let isHealthy: Bool

    /// How long slots may fail before that counts.
    package static let standardPatience = Duration.seconds(300)
    /// A slot may be so late, beyond three intervals.
    static let grace = Duration.seconds(30)

    /// - Parameters:
    ///   - runs: the camera's newest runs, the newest first; enough of them to reach back over `patience`.
    ///   - patience: how long slots may fail.
    ///   - printingSince: when the print began that runs and is not held, where one does.
    ///   - frozenAfter: how long pictures may stay the same; `nil` for ever.
    ///
    /// Slots ahead of now are of a time when the clock was wrong, or it is wrong now: in neither case do they say that somebody
    /// captures.
    package init(
        runs: [LedgerRun], at now: Timestamp, patience: Duration = standardPatience, printingSince: Timestamp? = nil,
        frozenAfter: Duration? = CapturePolicy.standardFrozenAfter
    ) {
        let ahead = runs.prefix { $0.lastSlot > now + Self.grace }
        let runs = Array(runs.dropFirst(ahead.count))
        lastRun = runs.first
        aheadUntil = ahead.first?.lastSlot
        guard let last = runs.first else {
            (state, since, isHealthy) = (ahead.isEmpty ? .unknown : .silent, nil, false)
            return
        }
        guard Self.isRunning(last, at: now) else {
            // A job with an end ends at once where credentials are refused: that is what there is to mend, not the silence.
            let isRefused = last.outcome == .unauthorized
            (state, since, isHealthy) = isRefused ? (.unauthorized, last.from, false) : (.silent, last.until, false)
            return
        }
        let state = State(of: last)
        if state == .working, last.outcome != .stored {
            let same = runs.first { $0.outcome == .stored }?.until ?? runs.last?.from ?? last.from
            let limit = frozenAfter ?? CapturePolicy.standardFrozenAfter
            // The same address again is no picture that was fetched and is the same.
            if let printingSince, frozenAfter != nil, last.showsTheSameBytes, now - max(same, printingSince) >= limit {
                (self.state, since, isHealthy) = (.frozen, max(same, printingSince), false)
                return
            }
            if now - same >= max(limit, last.interval * 3) {
                (self.state, since, isHealthy) = (.still, same, true)
                return
            }
        }
        let began = runs.prefix { State(of: $0) == state }.last?.from ?? last.from
        self.state = state
        since = began
        switch state {
        case .working, .still, .idle, .paused: isHealthy = true
        case .failing: isHealthy = now - began <= patience
        case .unauthorized, .frozen, .silent, .unknown: isHealthy = false
        }
    }
}

extension CameraHealth {
    /// Whether a camera whose newest slots these are is still captured. A negative age is no freshness.
    package static func isRunning(_ run: LedgerRun, at now: Timestamp) -> Bool {
        run.lastSlot <= now + grace && now - run.lastSlot <= run.interval * 3 + grace
    }
}

extension LedgerRun {
    fileprivate var showsTheSameBytes: Bool { outcome == .duplicate && detail?.word == .identical }
}

extension CameraHealth.State {
    fileprivate init(of run: LedgerRun) {
        switch run.outcome {
        case .stored, .duplicate, .unchanged: self = .working
        case .noPicture: self = .idle
        case .cap: self = .paused
        case .unauthorized: self = .unauthorized
        // The slots that a busy camera missed are failures; those of a time in which nobody captured are nothing.
        case .missed where run.detail?.word != .busy: self = .silent
        case .rejected, .offline, .timeout, .unavailable, .disk, .missed: self = .failing
        }
    }
}

extension CameraHealth.State: FieldConvertible {}
