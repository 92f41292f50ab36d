internal import Archive
internal import Vocabulary

/// What must be known of all frames of a query before the first is exported.
struct FrameSurvey: Sendable {
    private(set) var frames = 0
    private(set) var sizes: [PixelSize: Int] = [:]
    /// The capture times of the frames that come first and last in time.
    private(set) var span: ClosedRange<Timestamp>?
    private(set) var cameras: Set<CameraName> = []
    /// The print jobs that frames belong to; `nil` among them where a frame belongs to none.
    private(set) var prints: Set<Int64?> = []

    mutating func count(_ frame: ArchivedFrame) {
        frames += 1
        sizes[frame.size, default: 0] += 1
        cameras.insert(frame.camera)
        prints.insert(frame.print)
        let time = frame.capturedAt
        span = span.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
    }
}

extension [PixelSize: Int] {
    /// The size that most frames have, so that a few pictures of another camera or setting do not decide for all
    /// others; of equally frequent ones the largest.
    var mostFrequent: PixelSize? {
        self.max { one, other in
            (one.value, one.key.area, one.key.width) < (other.value, other.key.area, other.key.width)
        }?.key
    }
}
