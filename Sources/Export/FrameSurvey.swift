internal import Archive
internal import Vocabulary

/// What must be known of all frames of a query before the first is exported.
struct FrameSurvey: Sendable {
    private(set) var frames = 0
    private(set) var sizes: [PixelSize: Int] = [:]
    /// The capture times of the frames that come first and last in time.
    private(set) var span: ClosedRange<Timestamp>?
    private(set) var cameras: Set<CameraName> = []
    /// Of the pictures of every n-th frame.
    private(set) var chosenBytes = ByteCount.zero
    private let every: Int

    /// - Parameter every: one of this many frames is a candidate.
    init(every: Int) { self.every = every }

    mutating func count(_ frame: ArchivedFrame) {
        if frames.isMultiple(of: every) { chosenBytes += frame.bytes }
        frames += 1
        sizes[frame.size, default: 0] += 1
        cameras.insert(frame.camera)
        let time = frame.capturedAt
        span = span.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
    }
}
