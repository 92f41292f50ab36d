internal import Catalog
internal import Vocabulary

/// What of the cameras' cards is worth telling: what no frame tells. A pure value.
///
/// Each frame moves its camera's times and its print's counts, and every second slot of a quiet camera is a repeat: told as
/// news that would be a storm of many cameras, in which nothing is new.
struct CardNews: Sendable {
    enum Told: Sendable {
        case camera(CameraCard)
        /// The one under way has begun, or is another than it was.
        case print(ArchivedPrint)
        /// It was under way and is not any more.
        case printOver(Int64)
    }

    private struct Known {
        var state: CardState
        var print: PrintState?
        /// When the camera was told last.
        var at: Timestamp?
    }

    private var known: [CameraName: Known] = [:]

    /// A camera that wavers is told no more often, unless somebody has to do something, or no more.
    static let pause = Duration.seconds(10)
    /// Of so long a time nothing new was seen before the repeats are told.
    static let quiet = Duration.seconds(60)

    /// What is new since the last cards. The first cards of a camera are none: who listens has just asked for them.
    mutating func news(in cards: [CameraCard], at now: Timestamp) -> [Told] {
        cards.flatMap { news(of: $0, at: now) }
    }

    private mutating func news(of card: CameraCard, at now: Timestamp) -> [Told] {
        let (state, print) = (CardState(card, at: now), card.print.map(PrintState.init))
        guard var before = known[card.camera.name] else {
            known[card.camera.name] = Known(state: state, print: print)
            return []
        }
        var told: [Told] = []
        if let over = before.print?.id, over != print?.id { told.append(.printOver(over)) }
        if let new = card.print, print != before.print { told.append(.print(new)) }
        let isUrgent = state.isHealthy != before.state.isHealthy || print != before.print
        let isDue = before.at.map { now < $0 || now - $0 >= Self.pause } ?? true
        if isUrgent || (isDue && state != before.state) {
            told.append(.camera(card))
            (before.state, before.at) = (state, now)
        }
        before.print = print
        known[card.camera.name] = before
        return told
    }

    /// What a card says besides its picture, without what moves by itself.
    private struct CardState: Hashable {
        let isHealthy: Bool
        let words: [String?]

        init(_ card: CameraCard, at now: Timestamp) {
            let (camera, record) = (card.camera, card.camera.state)
            isHealthy = record.text(of: "healthy") == "true"
            let isQuiet = card.frame.map { now - $0.capturedAt >= CardNews.quiet } ?? true
            let outcome = record.text(of: "outcome").flatMap(SlotOutcome.init)
            let isRepeat = outcome == .duplicate || outcome == .unchanged
            let slot =
                isRepeat && !isQuiet ? [SlotOutcome.stored.rawValue, nil] : ["outcome", "detail"].map(record.text)
            words =
                [record.text(of: "state")] + slot + [
                    // How fresh the picture is, where no frame says it.
                    isQuiet ? card.frame.map { "\($0.lastSeenAt.milliseconds / 60_000)" } : nil,
                    camera.source, camera.interval?.description, "\(camera.isConfigured)", camera.hint,
                    Self.percent(of: record), record.text(of: "reset_at"),
                    // Another machine's pictures come after its frames.
                    card.machine, card.machine.flatMap { _ in card.shown?.id.description },
                    // To the hour: it is reckoned anew by each reading.
                    camera.capMetAt.map { "\($0.milliseconds / 3_600_000)" },
                ]
        }

        /// As the meter shows it.
        private static func percent(of record: any KeyedRecord) -> String? {
            guard let used = record.text(of: "total").flatMap(Double.init),
                let cap = record.text(of: "monthly_cap").flatMap(Double.init), cap > 0
            else { return nil }
            return "\((used / cap * 100).rounded())"
        }
    }

    /// What a print is, without how many frames it has.
    private struct PrintState: Hashable {
        let id: Int64
        let words: [String?]
        let marks: [Bool]

        init(_ print: ArchivedPrint) {
            id = print.id
            words = [
                print.name, print.state.rawValue, print.toldBy.rawValue, print.startedAt.description,
                print.endedAt?.description, print.note,
            ]
            marks = [print.excluded, print.pinned]
        }
    }
}
