internal import Vocabulary

/// Frames a second as an exact fraction, so that a video's length is not a matter of rounding.
public struct FrameRate: Hashable, Sendable, CustomStringConvertible {
    public let numerator: Int
    public let denominator: Int

    /// Both 1 or more; they are reduced to lowest terms.
    init(_ numerator: Int, per denominator: Int) {
        var (divisor, remainder) = (numerator, denominator)
        while remainder != 0 { (divisor, remainder) = (remainder, divisor % remainder) }
        (self.numerator, self.denominator) = (numerator / divisor, denominator / divisor)
    }

    /// - Parameter framesPerSecond: 1 to 120, taken in thousandths.
    /// - Throws: ``ExportError/unusablePace(_:)``
    public init(framesPerSecond: Double) throws(ExportError) {
        guard framesPerSecond >= 1, framesPerSecond <= 120 else {
            throw .unusablePace("\(framesPerSecond) frames a second is not between 1 and 120")
        }
        self.init(Int((framesPerSecond * 1000).rounded()), per: 1000)
    }

    public var framesPerSecond: Double { Double(numerator) / Double(denominator) }

    /// How long so many frames take.
    func duration(of frames: Int) -> Duration {
        .seconds(Double(frames) * Double(denominator) / Double(numerator))
    }

    /// As ffmpeg reads it: `30/1`.
    var fraction: String { "\(numerator)/\(denominator)" }

    /// Up to two decimal places: `30`, `23.98`.
    public var description: String {
        denominator == 1 ? "\(numerator)" : framesPerSecond.formatted(places: 2)
    }
}

/// How fast a video runs.
public enum VideoPace: Hashable, Sendable {
    /// Every frame, at this rate.
    case rate(FrameRate)
    /// This length, as nearly as 1 to 60 frames a second allow; where that is too slow for every frame, some are left
    /// out evenly.
    case duration(Duration)

    /// 30 frames a second.
    public static let standard = VideoPace.rate(FrameRate(30, per: 1))
}
