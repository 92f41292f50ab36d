internal import Archive
internal import Vocabulary

/// A stretch of time in which there was nothing to see, and why.
struct Standstill: Hashable, Sendable {
    let from: Timestamp
    let until: Timestamp
    /// As a chapter has it: `Offline for 12m: no agent`.
    let title: String

    var length: Duration { until - from }

    /// The stretches longer than a limit in which the printer stood paused or there were no frames for a reason that
    /// the slot ledger knows, in the order of time; none overlap. Where some do, they become one, which is called as
    /// the longest of them.
    ///
    /// - Parameters:
    ///   - candidates: all frames there are, in the order of time or against it.
    ///   - gaps: the slot ledger's.
    static func found(in candidates: [ExportCandidate], gaps: [LedgerRun], longerThan limit: Duration) -> [Standstill] {
        let ordered = candidates.isNewestFirst ? candidates.reversed() : candidates
        guard let first = ordered.first?.capturedAt, let last = ordered.last?.capturedAt else { return [] }
        // Runs follow each other where one gap has several reasons; frames of another camera may lie within it.
        let holes = joined(gaps.compactMap { Reason($0, within: first...last) }, whereTouching: true)
        let parts = holes.flatMap { $0.withoutFrames(of: ordered) }
        return joined(pauses(in: ordered) + parts, whereTouching: false).filter { $0.length > limit }.map { reason in
            Standstill(from: reason.from, until: reason.until, title: reason.title)
        }
    }

    /// The stretches within a print after which it goes on: in which the printer stood paused, or the camera's agent uploaded no
    /// picture for so long that the print can have been nothing else. In the order of time; none overlap.
    ///
    /// A filament change is one of them. It cannot be told from another pause: neither OctoPrint's job nor the tunnel says why a
    /// print stands still.
    ///
    /// - Parameters:
    ///   - candidates: all frames there are of one camera, in the order of time or against it.
    ///   - silences: the slot ledger's runs in which the camera showed nothing new.
    static func interruptions(in candidates: [ExportCandidate], silences: [LedgerRun]) -> [Standstill] {
        let ordered = candidates.isNewestFirst ? candidates.reversed() : candidates
        var found: [Reason] = []
        for print in ordered.stretchesOfPrints {
            // One that ends paused does not go on.
            let running = print.dropLast(print.reversed().prefix(while: \.isPaused).count)
            found += pauses(in: Array(running)).filter { $0.length > leastPause }
            found += holes(in: print).filter { hole in
                let silent = silences.reduce(Duration.zero) { $0 + $1.length(within: hole) }
                return silent > longestStep
            }.map { Reason(from: $0.lowerBound, until: $0.upperBound, what: "No new picture", why: nil) }
        }
        return joined(found, whereTouching: true).map {
            Standstill(from: $0.from, until: $0.until, title: $0.title)
        }
    }

    /// Between which instants there may be such a silence; `nil` for none.
    static func possibleSilence(in candidates: [ExportCandidate]) -> ClosedRange<Timestamp>? {
        let ordered = candidates.isNewestFirst ? candidates.reversed() : candidates
        let found = ordered.stretchesOfPrints.flatMap { holes(in: $0) }
        guard let first = found.first?.lowerBound, let last = found.last?.upperBound, first < last else { return nil }
        return first...last
    }

    /// A shorter one is not worth a chapter.
    private static let leastPause = Duration.seconds(60)
    /// Pictures of a print come every 120 s at the slowest.
    private static let longestStep = Duration.seconds(300)

    private static func holes(in print: [ExportCandidate]) -> [Range<Timestamp>] {
        zip(print, print.dropFirst()).compactMap { frame, next in
            next.capturedAt - frame.capturedAt > longestStep ? frame.capturedAt..<next.capturedAt : nil
        }
    }

    private static func pauses(in ordered: [ExportCandidate]) -> [Reason] {
        var pauses: [Reason] = []
        var start: Timestamp?
        for candidate in ordered {
            if candidate.isPaused {
                start = start ?? candidate.capturedAt
            } else if let from = start {
                pauses.append(Reason(from: from, until: candidate.capturedAt, what: "Paused", why: nil))
                start = nil
            }
        }
        if let from = start, let until = ordered.last?.capturedAt, until > from {
            pauses.append(Reason(from: from, until: until, what: "Paused", why: nil))
        }
        return pauses
    }

    /// Makes one of those that overlap.
    private static func joined(_ reasons: [Reason], whereTouching: Bool) -> [Reason] {
        reasons.sorted { $0.from < $1.from }.reduce(into: []) { joined, reason in
            guard let last = joined.last, reason.from < last.until || whereTouching && reason.from == last.until else {
                return joined.append(reason)
            }
            joined[joined.count - 1].take(in: reason)
        }
    }
}

/// One reason for a standstill.
private struct Reason {
    private(set) var from: Timestamp
    private(set) var until: Timestamp
    private var what: String
    private var why: String?
    /// How long it lasts for this reason alone.
    private var ownLength: Duration

    var length: Duration { until - from }

    init(from: Timestamp, until: Timestamp, what: String, why: String?) {
        (self.from, self.until, self.what, self.why, ownLength) = (from, until, what, why, until - from)
    }

    /// `nil` where the run lies outside of the frames' time.
    init?(_ run: LedgerRun, within frames: ClosedRange<Timestamp>) {
        let (from, until) = (max(run.from, frames.lowerBound), min(run.until, frames.upperBound))
        guard from < until else { return nil }
        let what = run.outcome.phrase
        self.init(
            from: from, until: until, what: what.prefix(1).uppercased() + what.dropFirst(),
            why: run.detail?.phrase)
    }

    var title: String { "\(what) for \(length.shortText)" + (why.map { ": \($0)" } ?? "") }

    /// Becomes the union with one that overlaps, and is called as the longer of them.
    mutating func take(in other: Reason) {
        (from, until) = (min(from, other.from), max(until, other.until))
        if other.ownLength > ownLength { (what, why, ownLength) = (other.what, other.why, other.ownLength) }
    }

    /// The parts between frames: those of another camera may go on meanwhile.
    func withoutFrames(of ordered: [ExportCandidate]) -> [Reason] {
        var parts: [Reason] = []
        var start = from
        var index = ordered.partition { $0.capturedAt > from }
        while index < ordered.count, ordered[index].capturedAt < until {
            parts.append(Reason(from: start, until: ordered[index].capturedAt, what: what, why: why))
            start = ordered[index].capturedAt
            index += 1
        }
        parts.append(Reason(from: start, until: until, what: what, why: why))
        return parts.filter { $0.length > .zero }
    }
}

extension LedgerRun {
    fileprivate func length(within stretch: Range<Timestamp>) -> Duration {
        max(.zero, min(until, stretch.upperBound) - max(from, stretch.lowerBound))
    }
}

extension [ExportCandidate] {
    /// Frames of one print that follow each other; those of none are left out.
    fileprivate var stretchesOfPrints: [[ExportCandidate]] {
        var stretches: [[ExportCandidate]] = []
        for candidate in self where candidate.print != nil {
            if stretches.last?.last?.print == candidate.print {
                stretches[stretches.count - 1].append(candidate)
            } else {
                stretches.append([candidate])
            }
        }
        return stretches
    }

    /// The place of the first frame that meets a condition which all after it meet as well.
    fileprivate func partition(where isBehind: (ExportCandidate) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
