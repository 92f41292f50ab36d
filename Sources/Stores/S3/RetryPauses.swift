/// How long is waited between attempts: twice as long each time, with jitter, since many machines share a store, and no longer
/// than there is time for.
struct RetryPauses: Hashable, Sendable {
    private var next: Duration
    private let longest: Duration

    init(first: Duration, longest: Duration) {
        (next, self.longest) = (first, longest)
    }

    /// The pause before the next attempt.
    ///
    /// - Parameters:
    ///   - asked: how long the server asked to be left alone.
    ///   - left: of the time for all of it.
    /// - Returns: `nil` where the time does not reach that far.
    mutating func pause(
        atLeast asked: Duration?, left: Duration, using generator: inout some RandomNumberGenerator
    ) -> Duration? {
        let pause = max(next * Double.random(in: 0.5...1, using: &generator), asked ?? .zero)
        next = min(next * 2, longest)
        return pause <= left ? pause : nil
    }
}
