internal import Vocabulary

/// A policy's tiers and ages at one instant: what becomes of a frame by its time alone. A pure value.
struct RetentionZones {
    /// One stretch of time in which one frame stays.
    struct Bucket: Hashable {
        let tier: Int
        let number: Int64
    }

    /// Frames captured before this go, in milliseconds.
    let ageLimit: Int64
    /// Frames captured from this instant on stay, in milliseconds.
    let end: Int64
    /// The tiers that thin out, the oldest first, with the instant before which they hold.
    private let thinning: [(tier: Int, spacing: Int64, before: Int64)]

    init(_ policy: RetentionPolicy, at now: Timestamp) {
        ageLimit = policy.maximumAge.map { (now - $0).milliseconds } ?? .min
        var reach = Duration.zero
        var thinning: [(tier: Int, spacing: Int64, before: Int64)] = []
        for (index, tier) in policy.tiers.enumerated() {
            // A stretch that is not over yet, or that a younger tier still keeps in part, is left to that one.
            if let spacing = tier.spacing?.milliseconds {
                let before = (now - reach).milliseconds
                thinning.insert((index, spacing, before - before.modulo(spacing)), at: 0)
            }
            reach = tier.reach
        }
        self.thinning = thinning
        end = max(ageLimit, thinning.map(\.before).max() ?? .min)
    }

    /// The stretch of time that an instant lies in; `nil` where all frames stay.
    func bucket(of instant: Int64) -> Bucket? {
        guard let zone = thinning.first(where: { instant < $0.before }) else { return nil }
        return Bucket(tier: zone.tier, number: (instant - instant.modulo(zone.spacing)) / zone.spacing)
    }
}

extension Int64 {
    /// The remainder, which is never negative.
    fileprivate func modulo(_ divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
