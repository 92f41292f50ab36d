package import Vocabulary

/// What an archive keeps, and for how long.
///
/// Whatever it says, these stay: frames that are pinned or have a note, frames of such prints, each camera's newest frame, and
/// frames whose picture is damaged.
package struct RetentionPolicy: Hashable, Sendable, CustomStringConvertible {
    /// Frames that are older go; `nil` where age alone is no reason.
    package let maximumAge: Duration?
    /// The size that the archive is brought down to; `nil` for any.
    package let maximumSize: ByteCount?
    /// As much is to be free in its file system; `nil` where that is of no concern.
    package let minimumFree: ByteCount?
    /// How dense frames are kept by age, the youngest first. Beyond the last tier its spacing goes on: only age and size remove
    /// everything.
    package let tiers: [RetentionTier]

    /// - Throws: ``RetentionPolicyError`` where tiers do not reach further and keep less one after the other.
    package init(
        maximumAge: Duration? = nil, maximumSize: ByteCount? = nil, minimumFree: ByteCount? = nil,
        tiers: [RetentionTier] = []
    ) throws(RetentionPolicyError) {
        (self.maximumAge, self.maximumSize, self.minimumFree) = (maximumAge, maximumSize, minimumFree)
        self.tiers = tiers
        if let maximumAge, maximumAge < .milliseconds(1) { throw .noAge }
        for (before, tier) in zip(tiers, tiers.dropFirst()) {
            guard tier.reach > before.reach, (tier.spacing ?? .zero) > (before.spacing ?? .zero) else {
                throw .order(tier, after: before)
            }
        }
    }

    /// Whether it removes nothing at all.
    package var keepsEverything: Bool {
        maximumAge == nil && maximumSize == nil && minimumFree == nil && tiers.allSatisfy { $0.spacing == nil }
    }

    /// `all for 7d, one in 1m for 30d and older; no more than 20.0 GB`
    package var description: String {
        guard !keepsEverything else { return "all" }
        var parts = [tiers.isEmpty ? "all" : tiers.map { "\($0)" }.joined(separator: ", ") + " and older"]
        if let maximumAge { parts.append("none older than \(maximumAge.shortText)") }
        if let maximumSize { parts.append("no more than \(maximumSize)") }
        if let minimumFree { parts.append("so many that \(minimumFree) stay free") }
        return parts.joined(separator: "; ")
    }

    /// This policy with what `other` says in the place of what this one says.
    package func overridden(by other: RetentionPolicy) -> RetentionPolicy {
        RetentionPolicy(
            age: other.maximumAge ?? maximumAge, size: other.maximumSize ?? maximumSize,
            free: other.minimumFree ?? minimumFree, tiers: other.tiers.isEmpty ? tiers : other.tiers)
    }

    private init(age: Duration?, size: ByteCount?, free: ByteCount?, tiers: [RetentionTier]) {
        (maximumAge, maximumSize, minimumFree, self.tiers) = (age, size, free, tiers)
    }
}
