import Tunnel
import Vocabulary

/// Tells from what several witnesses say whether a print runs, and which.
///
/// OctoPrint knows best, but is asked seldom, because its answers cost allowance. The addresses of announced pictures tell the
/// print while it runs: each picture of a print has an address of its own, and the newest stays announced for half an hour
/// after the print, so that only a *new* one is a sign. Where there is neither, pictures that change are. A print ends when OctoPrint
/// or an idle picture says so, or when nobody has seen it for a while.
struct PrintTracker: Hashable, Sendable {
    /// The print that runs.
    private(set) var current: PrintJob?
    /// When a witness last saw it run.
    private var lastSign: Timestamp?
    /// OctoPrint's newest word is believed against weaker witnesses until then.
    private var octoPrintHoldsUntil: Timestamp?

    /// A print of which there is no sign for so long is over: pictures of a print come every 120 s at the slowest.
    static let patience = Duration.seconds(300)
    /// OctoPrint's word holds for so long, a little longer than the longest time between two polls of a running print.
    static let octoPrintPatience = Duration.seconds(900)

    enum Change: Hashable, Sendable {
        case started(PrintJob)
        case ended(PrintJob)
    }

    /// Takes OctoPrint's job information.
    mutating func saw(_ job: OctoPrintJob, at now: Timestamp) -> [Change] {
        octoPrintHoldsUntil = now + Self.octoPrintPatience
        guard job.isActive else { return end(at: now, as: PrintState(endOf: current, by: job)) }
        var changes: [Change] = []
        if let name = current?.name, let other = job.name, name != other { changes = end(at: lastSign ?? now) }
        let isNew = current == nil
        var print = current ?? PrintJob(startedAt: now - (job.printTime ?? .zero), toldBy: .octoPrint)
        print.toldBy = .octoPrint
        print.name = job.name ?? print.name
        print.progress = job.progress ?? print.progress
        print.state = job.state == .paused ? .paused : .printing
        current = print
        lastSign = now
        return changes + (isNew ? [.started(print)] : [])
    }

    /// Takes a new announced picture that was uploaded while printing.
    mutating func sawPicture(ofPrint number: Int64?, at now: Timestamp) -> [Change] {
        var changes: [Change] = []
        if let known = current?.number, let number, known != number { changes = end(at: lastSign ?? now) }
        let isNew = current == nil
        if isNew { current = PrintJob(startedAt: now, toldBy: .url) }
        if let number { current?.number = number }
        lastSign = now
        return changes + (isNew ? current.map { [.started($0)] } ?? [] : [])
    }

    /// Takes an announced picture that was uploaded while nothing was printing.
    mutating func sawIdlePicture(at now: Timestamp) -> [Change] {
        octoPrintHolds(at: now) ? [] : end(at: now)
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

    /// Ends a print of which there was no sign for too long.
    mutating func waited(until now: Timestamp) -> [Change] {
        guard let lastSign else { return [] }
        let patience = current?.toldBy == .octoPrint ? Self.octoPrintPatience : Self.patience
        return now - lastSign > patience ? end(at: lastSign) : []
    }

    private func octoPrintHolds(at now: Timestamp) -> Bool {
        octoPrintHoldsUntil.map { now < $0 } ?? false
    }

    private mutating func end(at instant: Timestamp, as state: PrintState = .ended) -> [Change] {
        guard var print = current else { return [] }
        print.state = state
        print.endedAt = max(instant, print.startedAt)
        if state == .finished { print.progress = 1 }
        (current, lastSign) = (nil, nil)
        return [.ended(print)]
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
