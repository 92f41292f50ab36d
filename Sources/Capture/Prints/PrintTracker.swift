import Tunnel
import Vocabulary

/// Tells from what several witnesses say whether a print runs, and which.
///
/// OctoPrint knows best, but is asked seldom, because its answers cost allowance. The addresses of announced pictures tell the
/// print while it runs: each picture of a print has an address of its own, and the newest stays announced for half an hour
/// after the print, so that only a *new* one is a sign. Where there is neither, pictures that change are.
///
/// **Silence is no end.** While a print is paused its agent uploads nothing, for minutes or for days. And an idle picture is
/// none: whenever somebody opens the server's page in the middle of a print, the agent uploads one to three of them. A print ends
/// by evidence: OctoPrint's word, another print, or an idle picture *and* no picture of the print for longer than the time between
/// two of them. A page that is opened during a long pause looks the same, but for the print's own pictures: the server deletes them
/// when it ends, so that ``sawPictureStillThere(at:)`` speaks against it. Only where changing pictures alone tell of prints, pictures
/// that stand still are that evidence. Evidence may err; a print that turns out to go on is the same print.
///
/// What follows from silence at once is that nothing is spent on the print any more: ``isRunning(at:)``.
struct PrintTracker: Hashable, Sendable {
    /// The print that has not ended.
    private(set) var current: PrintJob?
    /// When a witness last saw it run.
    private var lastSign: Timestamp?
    /// Since when pictures have come that say that nothing prints, none of the print among them.
    private(set) var idleSince: Timestamp?
    /// The one before, which may turn out to go on.
    private(set) var previous: PrintJob?
    /// OctoPrint's newest word is believed against weaker witnesses until then.
    private var octoPrintHoldsUntil: Timestamp?
    /// Idle pictures are not believed until then, because the server still has the print's.
    private var pictureHoldsUntil: Timestamp?

    /// Pictures of a print come every 120 s at the slowest.
    static let patience = Duration.seconds(300)
    /// OctoPrint's word holds for so long, a little longer than the longest time between two polls of a running print.
    static let octoPrintPatience = Duration.seconds(900)
    /// A server that has a print's pictures for longer than this after the last one came deletes none.
    static let longestHeld = Duration.seconds(86_400)
    /// By how much OctoPrint's reckoning of one print's progress may go back.
    static let leastRestart = 0.05

    enum Change: Hashable, Sendable {
        case started(PrintJob)
        /// A print that had ended goes on.
        case resumed(PrintJob)
        case ended(PrintJob)
    }

    init() {}

    /// Goes on with a print that had not ended when the program did.
    ///
    /// - Parameter seenAt: when it was last seen to run.
    init(goingOnWith print: PrintJob, seenAt: Timestamp) {
        (current, lastSign) = (print, seenAt)
    }

    // MARK: Witnesses

    /// Takes OctoPrint's job information.
    mutating func saw(_ job: OctoPrintJob, at now: Timestamp) -> [Change] {
        octoPrintHoldsUntil = now + Self.octoPrintPatience
        guard job.isActive else { return end(at: now, as: PrintState(endOf: current, by: job)) }
        var changes: [Change] = []
        if let current, !job.continues(current) { changes = end(at: lastSign ?? now) }
        let isNew = current == nil
        var print = current ?? PrintJob(startedAt: now - (job.printTime ?? .zero), toldBy: .octoPrint)
        print.toldBy = .octoPrint
        print.name = job.name ?? print.name
        print.progress = job.progress ?? print.progress
        print.state = job.state == .paused ? .paused : .printing
        (current, lastSign, idleSince) = (print, now, nil)
        return changes + (isNew ? [.started(print)] : [])
    }

    /// Takes a new announced picture that was uploaded while printing.
    ///
    /// - Parameter series: who numbers the prints.
    mutating func sawPicture(ofPrint number: Int64?, in series: String? = nil, at now: Timestamp) -> [Change] {
        var changes: [Change] = []
        if let current, !current.isNumbered(number, in: series) || isTooLongAgo(current, at: now) {
            changes = end(at: lastSign ?? now)
        }
        if current == nil {
            if let previous, number != nil, previous.number == number, previous.isNumbered(number, in: series) {
                // What was uploaded right before the end may come right after OctoPrint's word.
                if now - (previous.endedAt ?? now) <= Self.patience, previous.toldBy == .octoPrint,
                    octoPrintHolds(at: now)
                {
                    return changes
                }
                if let print = reopened(previous, at: now) {
                    current = print
                    changes.append(.resumed(print))
                }
            }
        }
        let isNew = current == nil
        if isNew { current = PrintJob(startedAt: now, toldBy: .url) }
        if let number { current?.number = number }
        if let series { current?.series = series }
        (lastSign, idleSince) = (now, nil)
        return changes + (isNew ? current.map { [.started($0)] } ?? [] : [])
    }

    /// Takes an announced picture that was uploaded while nothing was printing, or so it seems.
    mutating func sawIdlePicture(at now: Timestamp) -> [Change] {
        guard current != nil else { return [] }
        idleSince = idleSince ?? now
        return waited(until: now)
    }

    /// Whether idle pictures would end the print now: then it is worth a look whether the server still has its pictures.
    ///
    /// - Parameter isIdle: whether such a picture has just come.
    func mayEnd(at now: Timestamp, by isIdle: Bool) -> Bool {
        guard let current, current.toldBy != .stillness, let lastSign, now - lastSign > Self.patience
        else { return false }
        return (isIdle || idleSince != nil) && !octoPrintHolds(at: now) && !pictureHolds(at: now)
    }

    /// Takes that the server still has the print's newest picture: it is paused rather than over.
    mutating func sawPictureStillThere(at now: Timestamp) {
        guard current != nil, let lastSign, now - lastSign <= Self.longestHeld else { return }
        pictureHoldsUntil = now + Self.patience
    }

    /// Takes pictures that have been changing since an instant, where no other witness tells of prints.
    mutating func sawChange(since start: Timestamp, at now: Timestamp) -> [Change] {
        guard !octoPrintHolds(at: now) else { return [] }
        lastSign = now
        guard current == nil else { return [] }
        let print = PrintJob(startedAt: start, toldBy: .stillness)
        current = print
        return [.started(print)]
    }

    /// Ends a print by what has not come for too long.
    mutating func waited(until now: Timestamp) -> [Change] {
        guard let current, let lastSign, now - lastSign > Self.patience else { return [] }
        if current.toldBy == .stillness { return end(at: lastSign) }
        guard let idleSince, !octoPrintHolds(at: now), !pictureHolds(at: now) else { return [] }
        // Of an idle picture that came long after the last one of the print, nobody knows when it might first have come.
        return end(at: idleSince - lastSign <= Self.patience ? idleSince : lastSign)
    }

    // MARK: What follows

    /// Whether the print is seen to run: it has not ended, and nothing says since that it might have.
    func isRunning(at now: Timestamp) -> Bool {
        guard let current, let lastSign else { return false }
        if current.toldBy == .octoPrint, octoPrintHolds(at: now) { return true }
        return idleSince == nil && now - lastSign <= Self.patience
    }

    /// When the print was over, or seems to have been, if it does not run.
    func lastRan(at now: Timestamp) -> Timestamp? {
        if isRunning(at: now) { return now }
        return current == nil ? previous?.endedAt : idleSince ?? lastSign
    }

    private func octoPrintHolds(at now: Timestamp) -> Bool {
        octoPrintHoldsUntil.map { now < $0 } ?? false
    }

    private func pictureHolds(at now: Timestamp) -> Bool {
        pictureHoldsUntil.map { now < $0 } ?? false
    }

    private func isTooLongAgo(_ print: PrintJob, at now: Timestamp) -> Bool {
        print.number != nil && lastSign.map { now - $0 > PrintJob.longest } ?? false
    }

    private func reopened(_ print: PrintJob, at now: Timestamp) -> PrintJob? {
        guard let endedAt = print.endedAt, now - endedAt <= PrintJob.longest else { return nil }
        var print = print
        (print.state, print.endedAt) = (.printing, nil)
        return print
    }

    private mutating func end(at instant: Timestamp, as state: PrintState = .ended) -> [Change] {
        guard var print = current else { return [] }
        print.state = state
        print.endedAt = max(instant, print.startedAt)
        if state == .finished { print.progress = 1 }
        (current, lastSign, idleSince, previous) = (nil, nil, nil, print)
        pictureHoldsUntil = nil
        return [.ended(print)]
    }
}

extension PrintJob {
    /// Whether a picture of the print of that number may be of this one: as far as both are known.
    fileprivate func isNumbered(_ other: Int64?, in otherSeries: String?) -> Bool {
        if let number, let other, number != other { return false }
        if let series, let otherSeries, series != otherSeries { return false }
        return true
    }
}

extension OctoPrintJob {
    /// Whether it may be a job that is known: of the same name, and no further back. Its time says nothing, for OctoPrint leaves
    /// pauses out.
    fileprivate func continues(_ print: PrintJob) -> Bool {
        if let known = print.name, let name, known != name { return false }
        if let known = print.progress, let progress, progress < known - PrintTracker.leastRestart { return false }
        return true
    }
}

extension PrintState {
    /// How a print ended, as OctoPrint's word right after it tells: a finished job stays selected at 100 %, a cancelled one is
    /// back at its beginning.
    fileprivate init(endOf print: PrintJob?, by job: OctoPrintJob) {
        if job.state == .error || job.state == .offline {
            self = .failed
        } else if let name = print?.name, let other = job.name, name != other {
            self = .ended
        } else if let progress = job.progress {
            self = progress >= 0.999 ? .finished : .cancelled
        } else {
            self = job.name == nil ? .ended : .cancelled
        }
    }
}
