import Archive
import Capture
import Vocabulary

/// What is worth a line in a log about one camera, out of slots of which each goes as the one before: changes of its state, a
/// reminder an hour of a lasting one, a line an hour with counts. A pure value.
///
/// A camera that fails and is back all the time is no news each time: the same state is told again within an hour only where it
/// has lasted for a minute.
struct CameraNews {
    /// How a camera is, as far as a person tells one state from another.
    enum State: Hashable {
        case well
        /// By outcome and reason: `unavailable: connection_refused`.
        case other(String)
    }

    enum Item: Hashable {
        /// The state is another one now.
        case changed
        /// It is well again.
        case back(after: Duration, slots: Int)
        /// It is still as it was.
        case lasting(Duration, slots: Int)
        case counts(Counts, over: Duration)
    }

    /// What slots came to.
    struct Counts: Hashable {
        var outcomes: [SlotOutcome: Int] = [:]
        var bytesStored = ByteCount.zero
    }

    static let hour = Duration.seconds(3600)
    /// After so long a state that was told within the hour is news again.
    static let noticeable = Duration.seconds(60)

    private var state: State?
    private var since: Timestamp?
    private var slotsInState = 0
    /// Whether the state that it is in was told.
    private var isTold = false
    private var toldAt: [State: Timestamp] = [:]
    private var counts = Counts()
    private var countsSince: Timestamp?

    /// Takes one slot's outcome.
    ///
    /// - Returns: what is to be told of it now.
    mutating func add(_ report: SlotReport) -> [Item] {
        counts.bytesStored += report.frame?.bytes ?? .zero
        return count(report.outcome, 1, at: report.slot.due) + enter(State(of: report), slots: 1, at: report.slot.due)
    }

    /// Takes slots that went by.
    mutating func addMissed(_ slots: Int, detail: SlotReason, at now: Timestamp) -> [Item] {
        count(.missed, slots, at: now) + enter(.other("missed: \(detail)"), slots: slots, at: now)
    }

    private mutating func count(_ outcome: SlotOutcome, _ slots: Int, at now: Timestamp) -> [Item] {
        let begun = countsSince ?? now
        countsSince = begun
        var items: [Item] = []
        if now - begun >= Self.hour {
            items = [.counts(counts, over: now - begun)]
            (counts, countsSince) = (Counts(), now)
        }
        counts.outcomes[outcome, default: 0] += slots
        return items
    }

    /// - Parameter new: `nil` where the slot says nothing about the camera.
    private mutating func enter(_ new: State?, slots: Int, at now: Timestamp) -> [Item] {
        guard let new else { return [] }
        guard new == state, let since else {
            let (wasTold, before, slotsBefore) = (isTold && state != nil && state != .well, since, slotsInState)
            (state, since, slotsInState) = (new, now, slots)
            isTold = toldAt[new].map { now - $0 >= Self.hour } ?? true
            if new == .well, wasTold, let before {
                isTold = true
                toldAt[new] = now
                return [.back(after: now - before, slots: slotsBefore)]
            }
            if isTold { toldAt[new] = now }
            return isTold ? [.changed] : []
        }
        slotsInState += slots
        guard new != .well else { return [] }
        let isDue = isTold ? toldAt[new].map { now - $0 >= Self.hour } ?? true : now - since >= Self.noticeable
        guard isDue else { return [] }
        (isTold, toldAt[new]) = (true, now)
        return [.lasting(now - since, slots: slotsInState)]
    }
}

extension CameraNews.State {
    /// `nil` where the slot was left out for a reason that is told elsewhere, once for all cameras, or is no news.
    fileprivate init?(of report: SlotReport) {
        switch report.outcome {
        case .stored, .duplicate, .unchanged: self = .well
        case .disk: return nil
        case .cap where report.isPaced: return nil
        case .cap, .noPicture, .rejected, .offline, .timeout, .unauthorized, .unavailable, .missed:
            self = .other("\(report.outcome.rawValue): \(report.detail?.label ?? "")")
        }
    }
}

extension CameraNews.Counts {
    /// `352 stored (51.2 MB), 3 duplicate, 5 rejected`.
    var text: String {
        SlotOutcome.allCases.compactMap { outcome in
            guard let count = outcomes[outcome], count > 0 else { return nil }
            return "\(count.grouped) \(outcome.rawValue)" + (outcome == .stored ? " (\(bytesStored))" : "")
        }.joined(separator: ", ")
    }
}
