import Archive
import Vocabulary

/// What is wrong with the times in an archive, if something is, and what to do about it. A pure value.
struct ClockTrouble: Hashable {
    enum Kind: Hashable {
        /// The archive tells of a time to come.
        case ahead(until: Timestamp)
        /// The clock was set back, so that times before that were wrong.
        case setBack(Duration, at: Timestamp)
        case doubtful(reason: String)
    }

    let kind: Kind

    /// A clock that was set by less is no trouble, and one that was set longer ago is old news.
    static let least = Duration.seconds(60)
    static let memory = Duration.seconds(30 * 86_400)

    /// - Parameter aheadUntil: the last slot, where that lies ahead of now.
    init?(_ events: [ClockEvent], aheadUntil: Timestamp?, at now: Timestamp) {
        if let aheadUntil {
            kind = .ahead(until: aheadUntil)
        } else if let leap = events.last(where: { $0.kind == .leap && $0.shift < .zero - Self.least }),
            now - leap.after <= Self.memory
        {
            kind = .setBack(.zero - leap.shift, at: leap.after)
        } else if let last = events.last(where: { $0.kind != .leap }), last.kind == .doubt {
            kind = .doubtful(reason: last.reason)
        } else {
            return nil
        }
    }

    /// From a fixed set.
    var label: String {
        switch kind {
        case .ahead: "ahead"
        case .setBack: "set_back"
        case .doubtful: "doubtful"
        }
    }

    var sentence: String {
        switch kind {
        case .ahead(let until): "slots are dated ahead of this machine's clock, until \(until.localText)"
        case .setBack(let size, let instant): "was set back by \(size.shortText) at \(instant.localText)"
        case .doubtful(let reason): "times are doubtful: \(reason)"
        }
    }

    var hint: String { "“printlapse times” shows where time leaps, and puts it right." }
}
