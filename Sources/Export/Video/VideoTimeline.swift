internal import Vocabulary

/// Which frames a video shows and when, decided before the first picture is read.
///
/// A frame that cannot be read leaves its time to the one before it, so that everything after it stays in its place.
struct VideoTimeline: Sendable {
    /// A part of the video that players can jump to.
    struct Chapter: Hashable, Sendable {
        let title: String
        /// In microseconds from the video's beginning; the next chapter's is its end.
        let start: Int64
    }

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
