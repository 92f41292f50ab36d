public import Vocabulary

/// What a video is made of, decided before its first frame is read.
public struct VideoPlan: Hashable, Sendable {
    public let choice: FrameChoice
    public let rate: FrameRate
    /// Both even, as 4:2:0 video needs it.
    public let size: PixelSize

    public var duration: Duration { rate.duration(of: choice.count) }

    /// Decides which frames to take and how fast they run.
    ///
    /// A wanted length is kept by the rate where 1 to 60 frames a second allow it. Too many frames: 60 a second and
    /// as many frames as fit, evenly chosen. Too few: one a second, and the video is shorter than wanted.
    ///
    /// - Parameters:
    ///   - frames: how many there are.
    ///   - sizes: how many there are of each size.
    ///   - most: at most so many are taken, evenly chosen; `nil`: all.
    /// - Throws: ``ExportError/unusablePace(_:)`` for an `every` or `most` under 1, or a length under 1/60 s or over a
    ///   day.
    init(
        frames: Int, sizes: [PixelSize: Int], every: Int, atMost limit: Int? = nil, pace: VideoPace
    ) throws(ExportError) {
        let all = try FrameChoice(of: frames, everyNth: every, atMost: limit)
        switch pace {
        case .rate(let rate):
            (choice, self.rate) = (all, rate)
        case .duration(let wanted):
            let milliseconds = Int(clamping: wanted.milliseconds)
            guard milliseconds >= 17, milliseconds <= 86_400_000 else {
                throw .unusablePace("\(wanted.shortText) is no length for a video")
            }
            let most = milliseconds * Self.fastest / 1000
            if all.count > most {
                choice = FrameChoice(of: frames, every: every, atMost: most)
                rate = FrameRate(Self.fastest, per: 1)
            } else {
                choice = all
                rate =
                    all.count * 1000 < milliseconds
                    ? FrameRate(1, per: 1) : FrameRate(max(1, all.count) * 1000, per: milliseconds)
            }
        }
        size = Self.size(for: sizes)
    }

    private static let fastest = 60

    /// The most frequent size. An odd row or column is cut off, which is sharper than scaling.
    static func size(for sizes: [PixelSize: Int]) -> PixelSize {
        let size = sizes.mostFrequent ?? PixelSize(width: 2, height: 2)
        return PixelSize(width: max(2, size.width / 2 * 2), height: max(2, size.height / 2 * 2))
    }
}

extension FrameChoice {
    /// - Throws: ``ExportError/unusablePace(_:)`` where `every` or `most` is under 1.
    init(of available: Int, everyNth every: Int, atMost most: Int? = nil) throws(ExportError) {
        guard every >= 1 else { throw .unusablePace("“every \(every)th frame” means nothing: use 1 or more") }
        guard (most ?? 1) >= 1 else {
            throw .unusablePace("“at most \(most ?? 0) frames” means nothing: use 1 or more")
        }
        self.init(of: available, every: every, atMost: most)
    }
}
