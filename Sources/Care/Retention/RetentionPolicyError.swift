internal import Vocabulary

/// A policy of retention that cannot be.
package enum RetentionPolicyError: ExplainedError, Hashable {
    /// A text that says no tier.
    case tier(String)
    /// A tier that reaches no further than the one before it, or keeps more.
    case order(RetentionTier, after: RetentionTier)
    /// A greatest age of nothing, which no frame could have.
    case noAge

    /// A short constant for logs and metrics.
    package var label: String {
        switch self {
        case .tier: "retention_tier"
        case .order: "retention_order"
        case .noAge: "retention_age"
        }
    }

    package var description: String {
        switch self {
        case .tier(let text): "“\(text.printable)” does not say how many frames are kept for how long"
        case .order(let tier, let before): "“\(tier)” cannot follow “\(before)”"
        case .noAge: "frames cannot be removed as soon as they are there"
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .tier: "Write “all for 7d” for all frames of a week, “1m for 30d” for one a minute up to 30 days of age."
        case .order: "Each reaches further back than the one before and keeps fewer: all for 7d, 1m for 30d, 1h for 1y."
        case .noAge: "Write a greatest age such as 90d or 2y."
        }
    }
}
