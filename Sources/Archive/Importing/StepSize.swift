/// How many rows one transaction takes on, so that a capture beside it never waits long for its turn.
///
/// It begins small and grows while transactions are short. One that took long, on a slow disk or because another process was
/// writing, is followed by a smaller one at once.
package struct StepSize: Hashable, Sendable {
    package private(set) var count: Int
    private let greatest: Int

    /// A transaction shorter than this could have taken on more.
    private static let short = Duration.milliseconds(5)
    /// One longer than this took on too much.
    private static let long = Duration.milliseconds(10)

    package init(first: Int = 4, greatest: Int = 128) {
        (count, self.greatest) = (first, greatest)
    }

    /// Learns how long the last transaction took.
    package mutating func adapt(to duration: Duration) {
        if duration > Self.long {
            count = max(1, count / 2)
        } else if duration < Self.short {
            count = min(greatest, count + max(1, count / 4))
        }
    }
}
