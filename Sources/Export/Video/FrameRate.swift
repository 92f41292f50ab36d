internal import Vocabulary

/// Frames a second as an exact fraction, so that a video's length is not a matter of rounding.
package struct FrameRate: Hashable, Sendable, CustomStringConvertible {
    package let numerator: Int
    package let denominator: Int

    /// 30 frames a second.
    package static let standard = FrameRate(30, per: 1)
    /// No video shows more frames a second unless it is told to.
    static let fastest = 60
    /// A video that is not told how long to be is not over before so many seconds, unless it were slower than this.
    private static let watchableSeconds = 5
    private static let slowest = 5

    /// At which so many frames can be watched.
    ///
    /// - Parameter most: frames a second, of more frames than last the time at that rate.
    static func watchable(_ frames: Int, atMost most: Int) -> FrameRate {
        frames >= most * watchableSeconds
            ? FrameRate(most, per: 1) : FrameRate(max(frames, slowest * watchableSeconds), per: watchableSeconds)
    }

    /// Both 1 or more; they are reduced to lowest terms.
    init(_ numerator: Int, per denominator: Int) {
        var (divisor, remainder) = (numerator, denominator)
        while remainder != 0 { (divisor, remainder) = (remainder, divisor % remainder) }
        (self.numerator, self.denominator) = (numerator / divisor, denominator / divisor)
    }

    /// - Parameter framesPerSecond: 1 to 120, taken in thousandths.
    /// - Throws: ``ExportError/unusablePace(_:)``
    package init(framesPerSecond: Double) throws(ExportError) {
        guard framesPerSecond >= 1, framesPerSecond <= 120 else {
            throw .unusablePace("\(framesPerSecond) frames a second is not between 1 and 120")
        }
        self.init(Int((framesPerSecond * 1000).rounded()), per: 1000)
    }

    package var framesPerSecond: Double { Double(numerator) / Double(denominator) }

    /// When a frame begins, or so many are over, in microseconds.
    func microseconds(of frames: Int) -> Int64 {
        (Int64(frames) * 1_000_000 * Int64(denominator) * 2 + Int64(numerator)) / (2 * Int64(numerator))
    }

    /// How many frames begin until then, at least one.
    func frames(in microseconds: Int64) -> Int {
        let exact = Double(microseconds) * Double(numerator) / Double(denominator) / 1e6
        return max(1, Int(exact.rounded()))
    }

    /// As ffmpeg reads it: `30/1`.
    var fraction: String { "\(numerator)/\(denominator)" }

    /// Up to two decimal places: `30`, `23.98`.
    package var description: String {
        denominator == 1 ? "\(numerator)" : framesPerSecond.formatted(places: 2)
    }
}
