internal import Vocabulary

/// Which frames a video shows and when, decided before the first picture is read.
///
/// A frame that cannot be read leaves its time to the one before it, so that everything after it stays in its place.
struct VideoTimeline: Hashable, Sendable {
    /// A part of the video that players can jump to.
    struct Chapter: Hashable, Sendable {
        let title: String
        /// In microseconds from the video's beginning; the next chapter's is its end.
        let start: Int64
    }

    /// A frame that is shown for several frames' time stands here so many times, unless ``isVariable``.
    let frames: [ExportCandidate]
    /// When each frame begins, in microseconds from the video's beginning; rising, the first 0.
    let starts: [Int64]
    /// In microseconds.
    let duration: Int64
    /// Frames a second of the video, or at most so many where ``isVariable``.
    let rate: FrameRate
    /// Whether frames last as long as their times say, and not each as long as the others.
    let isVariable: Bool
    /// In order, the first at 0; empty for none.
    let chapters: [Chapter]
}

extension VideoTimeline {
    /// Each frame as long as the others, but for the first and the last one, which may be held.
    init(_ candidates: [ExportCandidate], rate: FrameRate, timing: VideoTiming) {
        let first = timing.holdFirst > .zero ? rate.frames(in: timing.holdFirst.microseconds) : 1
        let last = timing.holdLast > .zero ? rate.frames(in: timing.holdLast.microseconds) : 1
        var frames = candidates
        if candidates.count == 1, let only = candidates.first {
            frames = Array(repeating: only, count: max(first, last))
        } else if let opening = candidates.first, let end = candidates.last {
            frames.insert(contentsOf: repeatElement(opening, count: first - 1), at: 0)
            frames.append(contentsOf: repeatElement(end, count: last - 1))
        }
        self.init(
            frames: frames, starts: frames.indices.map { rate.microseconds(of: $0) },
            duration: rate.microseconds(of: frames.count), rate: rate, isVariable: false, chapters: [])
    }

    /// A wanted length by the rate, as nearly as 1 to 60 frames a second allow.
    init(_ candidates: [ExportCandidate], duration: Duration, timing: VideoTiming) {
        let moving = candidates.count - timing.heldFrames
        let milliseconds = Int((duration - timing.holdFirst - timing.holdLast).milliseconds)
        let rate: FrameRate =
            if moving < 1 {
                .standard
            } else if moving * 1000 < milliseconds {
                FrameRate(1, per: 1)
            } else if moving * 1000 > milliseconds * FrameRate.fastest {
                FrameRate(FrameRate.fastest, per: 1)
            } else {
                FrameRate(moving * 1000, per: milliseconds)
            }
        self.init(candidates, rate: rate, timing: timing)
    }

    /// The frames that are shown, each once.
    var shown: [ExportCandidate] { shownPlaces.map { frames[$0] } }

    /// Where they stand first.
    var shownPlaces: [Int] { frames.indices.filter { $0 == 0 || frames[$0].id != frames[$0 - 1].id } }

    /// Some frames alone, one after the other, each as long as it is here.
    func part(_ places: [Int]) -> VideoTimeline {
        var (starts, end): ([Int64], Int64) = ([], 0)
        for (number, place) in places.enumerated() {
            starts.append(isVariable ? end : rate.microseconds(of: number))
            end += (place + 1 < frames.count ? self.starts[place + 1] : duration) - self.starts[place]
        }
        return VideoTimeline(
            frames: places.map { frames[$0] }, starts: starts,
            duration: isVariable ? end : rate.microseconds(of: places.count), rate: rate, isVariable: isVariable,
            chapters: [])
    }
}

extension Duration {
    /// Whole microseconds, rounded towards zero.
    var microseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
