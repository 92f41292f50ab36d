internal import Vocabulary

/// Why a frame goes.
package enum RetentionReason: Hashable, Sendable {
    /// It is older than this.
    case age(Duration)
    /// Of its age there is to be one in each stretch of this length, and others show more that is new.
    case tier(Duration)
    /// For want of room: the owner left it out of exports.
    case excluded
    /// For want of room: it shows what the frame before it shows.
    case alike
    /// For want of room: it is the oldest.
    case oldest

    /// A short constant.
    package var label: String {
        switch self {
        case .age: "age"
        case .tier: "tier"
        case .excluded: "excluded"
        case .alike: "alike"
        case .oldest: "oldest"
        }
    }

    /// Why, for a person.
    package var phrase: String {
        switch self {
        case .age(let age): "older than \(age.shortText)"
        case .tier(let spacing): "over one in \(spacing.shortText)"
        case .excluded: "room: excluded"
        case .alike: "room: nothing new"
        case .oldest: "room: oldest"
        }
    }
}
