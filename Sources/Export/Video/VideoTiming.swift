internal import Vocabulary

/// How fast a video runs.
package enum VideoPace: Hashable, Sendable {
    /// Every frame, at 30 a second where that lasts five seconds, and otherwise so slowly that it does, down to 5 a second.
    case watchable
    /// Every frame, at this rate.
    case rate(FrameRate)
    /// This length, as nearly as 1 to 60 frames a second allow; where that is too slow for every frame, some are left
    /// out evenly.
    case duration(Duration)
    /// So many times as fast as it happened: every frame lasts until the next one was captured.
    case realTime(Double)
}

/// How long single frames and stretches of a video last beside its pace.
package struct VideoTiming: Hashable, Sendable {
    /// The first frame lasts so long at least.
    package var holdFirst = Duration.zero
    /// The last frame lasts so long at least.
    package var holdLast = Duration.zero
    /// In real time: shows as many frames a second as this by repeating some, for players that need it; `nil` gives
    /// each frame its own length.
    package var constantRate: FrameRate?
    /// In real time: pauses and gaps that took longer last as long as this would; `nil` leaves them.
    package var squeeze: Duration?

    package init() {}
}

extension VideoPace {
    static let longest = Duration.seconds(86_400)
    private static let shortest = Duration.milliseconds(17)
    private static let speeds = 0.001...1_000_000

    /// - Throws: ``ExportError/unusablePace(_:)`` for a length under 1/60 s or over a day, for one that the held frames
    ///   use up, and for a speed that is none.
    func check(_ timing: VideoTiming) throws(ExportError) {
        for hold in [timing.holdFirst, timing.holdLast] where hold < .zero || hold > .seconds(3600) {
            throw .unusablePace("a frame cannot be held for \(hold.shortText)")
        }
        if let squeeze = timing.squeeze, squeeze <= .zero {
            throw .unusablePace("a pause cannot be squeezed into \(squeeze.shortText)")
        }
        switch self {
        case .rate, .watchable: break
        case .duration(let wanted):
            guard wanted >= Self.shortest, wanted <= Self.longest else {
                throw .unusablePace("\(wanted.shortText) is no length for a video")
            }
            guard wanted - timing.holdFirst - timing.holdLast >= Self.shortest else {
                throw .unusablePace("held frames leave nothing of \(wanted.shortText)")
            }
        case .realTime(let speed):
            guard Self.speeds.contains(speed) else { throw .unusablePace("\(speed) is no speed") }
            return
        }
        guard timing.squeeze == nil, timing.constantRate == nil else {
            throw .unusablePace("squeezing and a constant rate are for videos in real time")
        }
    }

    /// How many frames the pace has room for; `nil` where there is room for all.
    ///
    /// - Parameter rate: frames a second.
    func mostFrames(_ timing: VideoTiming, at rate: Int) -> Int? {
        guard case .duration(let wanted) = self else { return nil }
        return max(1, Int((wanted - timing.holdFirst - timing.holdLast).milliseconds) * rate / 1000 + timing.heldFrames)
    }
}

extension VideoTiming {
    /// How many frames have a length of their own.
    var heldFrames: Int { (holdFirst > .zero ? 1 : 0) + (holdLast > .zero ? 1 : 0) }
}
