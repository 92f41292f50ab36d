internal import Vocabulary

/// A time that may not be told, in eight bytes: an optional ``ToldTime`` takes sixteen, and there is one for each of millions of
/// pictures.
struct CompactTime: Hashable, Sendable {
    /// Twice the milliseconds, and one more for a time on the wall.
    private let bits: Int64

    private static let none = Int64.min

    init(_ told: ToldTime?) {
        guard let told else {
            bits = Self.none
            return
        }
        // No camera saw what does not fit: that would be 140 million years away.
        bits = told.shown.milliseconds.multipliedSaturating(by: 2) & ~1 | (told.isLocal ? 1 : 0)
    }

    var told: ToldTime? {
        bits == Self.none ? nil : ToldTime(shown: Timestamp(milliseconds: bits >> 1), isLocal: bits & 1 == 1)
    }
}
