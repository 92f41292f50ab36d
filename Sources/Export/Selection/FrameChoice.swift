/// Which of a row of frames an export takes: every n-th, and of those so many, evenly.
///
/// Positions count the frames of the query from 0. The first is always taken; where some of the every-n-th frames are
/// left out, the last of them is taken too, so that a timelapse ends with the finished part.
public struct FrameChoice: Hashable, Sendable {
    /// The frames to choose from.
    public let available: Int
    /// One of this many is a candidate.
    public let every: Int
    /// How many are taken.
    public let count: Int

    /// - Parameters:
    ///   - available: 0 or more.
    ///   - every: 1 or more.
    ///   - most: at most so many, 1 or more; `nil`: all.
    public init(of available: Int, every: Int = 1, atMost most: Int? = nil) {
        self.available = available
        self.every = every
        let candidates = (available + every - 1) / every
        count = min(candidates, most ?? candidates)
    }

    /// The position of the n-th frame that is taken, `n` from 0 up to ``count``.
    public func position(of n: Int) -> Int {
        let candidates = (available + every - 1) / every
        guard count > 1, count < candidates else { return n * every }
        // Rounded to the nearest, in whole numbers: 10 million candidates times 10 million frames fit.
        let (steps, gaps) = (candidates - 1, count - 1)
        return (n * steps + gaps / 2) / gaps * every
    }

    /// What is taken of a row of so many things.
    func taken<Element>(of row: [Element]) -> [Element] { (0..<count).map { row[position(of: $0)] } }
}
