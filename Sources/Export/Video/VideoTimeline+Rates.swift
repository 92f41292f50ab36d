extension VideoTimeline {
    /// The same with every frame once, for as long as it is shown.
    var withoutRepeats: VideoTimeline {
        let kept = frames.indices.filter { $0 == 0 || frames[$0].id != frames[$0 - 1].id }
        return VideoTimeline(
            frames: kept.map { frames[$0] }, starts: kept.map { starts[$0] }, duration: duration, rate: rate,
            isVariable: isVariable, chapters: chapters)
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
            frames: kept.map { frames[$0] }, starts: kept.map { most.microseconds(of: ticks[$0]) },
            duration: most.microseconds(of: end), rate: most, isVariable: isVariable, chapters: chapters)
    }
}

extension FrameRate {
    /// The first tick at or after an instant; a microsecond of rounding does not count.
    fileprivate func ticksBegun(by microseconds: Int64) -> Int {
        let length = Int64(denominator) * 1_000_000
        return Int((max(0, microseconds - 1) * Int64(numerator) + length - 1) / length)
    }
}
