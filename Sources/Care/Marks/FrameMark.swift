package import Vocabulary

/// What an owner says about frames and prints.
package enum FrameMark: Hashable, Sendable {
    /// Left out of exports, or no longer.
    case excluded(Bool)
    /// Kept from being pruned, or no longer.
    case pinned(Bool)
    /// Described; `nil` takes the description away.
    case note(Note?)
}
