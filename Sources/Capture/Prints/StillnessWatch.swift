import Deduplication
import Validation
import Vocabulary

/// Tells a print by its pictures: while it prints, picture after picture shows something else; afterwards they go still.
struct StillnessWatch: Sendable {
    private var previous: LumaPicture?
    /// The newest changes in a row.
    private var changes: [Timestamp] = []

    /// So many changes make a print, so that somebody who walks by does not.
    static let enough = 3
    /// Changes further apart than this belong to different stretches.
    static let longestPause = Duration.seconds(120)

    /// Takes the next picture.
    ///
    /// - Returns: since when pictures have been changing, where this one did and enough of those before it.
    mutating func saw(_ picture: LumaPicture, at now: Timestamp) -> Timestamp? {
        defer { previous = picture }
        guard let previous, !picture.showsTheSame(as: previous) else { return nil }
        if let last = changes.last, now - last > Self.longestPause { changes = [] }
        changes = Array((changes + [now]).suffix(Self.enough))
        return changes.count == Self.enough ? changes.first : nil
    }
}
