internal import Vocabulary

/// Why a frame stays although the policy alone would have it go.
package enum RetentionGuard: UInt8, CaseIterable, Hashable, Sendable {
    /// The owner pinned it, or its print.
    case pinned = 1
    /// It has a note, or its print has one.
    case noted
    /// It is its camera's newest, with which a capture compares the next.
    case newest
    /// Its picture is damaged: a repair is to see it.
    case damaged

    /// A short constant.
    package var label: String {
        switch self {
        case .pinned: "pinned"
        case .noted: "noted"
        case .newest: "newest"
        case .damaged: "damaged"
        }
    }
}
