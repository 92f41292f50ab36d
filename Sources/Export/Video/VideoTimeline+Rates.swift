extension VideoTimeline {
    /// Frames at a constant rate, each as long as the others.
    init(_ frames: [ExportCandidate], rate: FrameRate) {
        self.init(
            frames: frames, starts: frames.indices.map { rate.microseconds(atTick: $0) },
            duration: rate.microseconds(atTick: frames.count), rate: rate, isVariable: false, chapters: [])
    }

    /// The same with no more than so many frames a second: of those that fall together the last stays, and it runs as
    /// fast as before.
    func limited(to most: FrameRate) -> VideoTimeline {
        guard rate.framesPerSecond > most.framesPerSecond else { return self }
        // The first tick at which each frame is the one to be seen.
        let ticks = starts.map { most.ticksBegun(by: $0) }
        let kept = frames.indices.filter { $0 == frames.count - 1 || ticks[$0] < ticks[$0 + 1] }
        let end = max(most.ticks(at: duration), (ticks.last ?? 0) + 1)
        return VideoTimeline(
            frames: kept.map { frames[$0] }, starts: kept.map { most.microseconds(atTick: ticks[$0]) },
            duration: most.microseconds(atTick: end), rate: most, isVariable: isVariable, chapters: chapters)
    }

    /// The only frame that a poster shows: the last, the finished part.
    var poster: VideoTimeline { VideoTimeline(frames.suffix(1), rate: FrameRate(1, per: 1)) }
}

extension FrameRate {
    /// The first tick at or after an instant; a microsecond of rounding does not count.
    fileprivate func ticksBegun(by microseconds: Int64) -> Int {
        let length = Int64(denominator) * 1_000_000
        return Int((max(0, microseconds - 1) * Int64(numerator) + length - 1) / length)
    }
}
