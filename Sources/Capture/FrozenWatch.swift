import Vocabulary

/// Tells that a camera shows the very same picture for too long while something prints: its stream hangs and looks alive. A pure
/// value.
///
/// A sensor's noise makes each picture another one, however little moves. So the same bytes again, though freshly fetched, say that nobody
/// is looking. While nothing prints, or the print is held, an agent may well show its last picture for hours.
struct FrozenWatch: Sendable {
    /// What a slot showed.
    enum Sight: Hashable, Sendable {
        /// A picture unlike the one before, be it by noise alone.
        case other
        /// The same bytes again.
        case same
    }

    enum Change: Hashable, Sendable {
        /// - Parameter since: when the picture was first seen to be the same again.
        case froze(since: Timestamp)
        case thawed
    }

    /// How long the picture may stay the same; `nil` for ever.
    let patience: Duration?
    private var since: Timestamp?
    private(set) var isFrozen = false

    init(patience: Duration?) {
        self.patience = patience
    }

    /// - Parameter isPrinting: whether a print runs and is not held.
    mutating func saw(_ sight: Sight, isPrinting: Bool, at now: Timestamp) -> Change? {
        guard sight == .same, isPrinting, let patience else {
            since = nil
            defer { isFrozen = false }
            return isFrozen ? .thawed : nil
        }
        let since = since ?? now
        self.since = since
        guard !isFrozen, now - since >= patience else { return nil }
        isFrozen = true
        return .froze(since: since)
    }
}
