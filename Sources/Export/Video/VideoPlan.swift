package import Vocabulary

/// What a video is made of, decided before its first frame is read.
package struct VideoPlan: Hashable, Sendable {
    var timeline: VideoTimeline
    /// Both even, as 4:2:0 video needs it.
    package internal(set) var size: PixelSize

    /// Frames a second, or at most so many in real time.
    package var rate: FrameRate { timeline.rate }
    package var duration: Duration { .microseconds(timeline.duration) }
    /// Whether every frame lasts as long as it took until the next one was captured.
    package var isVariable: Bool { timeline.isVariable }
    /// How many parts it has that players can jump to.
    package var chapters: Int { timeline.chapters.count }

    /// The size that it would have if it need not play everywhere; `nil` where it has that.
    package internal(set) var reducedFrom: PixelSize?
    /// Where several cameras share its pictures.
    var sideBySide: SideBySideVideo?
    /// Whether it runs slower than usual so that it can be watched.
    package internal(set) var isSlowed = false

    /// Decides how long every frame lasts.
    ///
    /// A wanted length is kept by the rate where 1 to 60 frames a second allow it. Too few frames: one a second, and the
    /// video is shorter than wanted.
    ///
    /// - Parameters:
    ///   - candidates: those that were chosen, no more than ``VideoPace/mostFrames(_:at:)``.
    ///   - standstills: pauses and gaps that last longer than ``VideoTiming/squeeze``.
    ///   - interruptions: where the print stood still and went on, for chapters where standstills are not squeezed.
    ///   - usualRate: frames a second where nothing says how many.
    /// - Throws: ``ExportError/unusablePace(_:)`` where the video would be longer than a day.
    init(
        _ candidates: [ExportCandidate], pace: VideoPace, timing: VideoTiming, standstills: [Standstill] = [],
        interruptions: [Standstill] = [], usualRate: Int = 30
    ) throws(ExportError) {
        size = Self.size(for: candidates.sizes)
        switch pace {
        case .watchable:
            let rate = FrameRate.watchable(max(1, candidates.count - timing.heldFrames), atMost: usualRate)
            timeline = VideoTimeline(candidates, rate: rate, timing: timing)
            isSlowed = rate.framesPerSecond < Double(usualRate)
        case .rate(let rate): timeline = VideoTimeline(candidates, rate: rate, timing: timing)
        case .duration(let wanted): timeline = VideoTimeline(candidates, duration: wanted, timing: timing)
        case .realTime(let speed):
            let time = RealTime(speed: speed, standstills: standstills, squeeze: timing.squeeze ?? .zero)
            timeline = try VideoTimeline(candidates, time, timing: timing)
        }
        timeline = timeline.withChapters(of: interruptions)
    }

    /// The most frequent size. An odd row or column is cut off, which is sharper than scaling.
    static func size(for sizes: [PixelSize: Int]) -> PixelSize {
        let size = sizes.mostFrequent ?? PixelSize(width: 2, height: 2)
        return PixelSize(width: max(2, size.width / 2 * 2), height: max(2, size.height / 2 * 2))
    }
}
