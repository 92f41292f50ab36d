internal import Archive
internal import Vocabulary

/// What must be known of all frames of a query before the first is exported.
struct FrameSurvey: Sendable {
    /// The frames that can be chosen, in the query's order.
    private(set) var candidates: [ExportCandidate] = []
    private(set) var leftOut = LeftOutFrames()
    /// Those whose pictures are known not to be here.
    private(set) var missing: [SkippedFrame] = []

    init(_ candidates: [ExportCandidate] = []) { self.candidates = candidates }

    var frames: Int { candidates.count }

    var sizes: [PixelSize: Int] { candidates.sizes }

    var cameras: Set<CameraName> { Set(candidates.map(\.camera)) }

    /// The print jobs that frames belong to; `nil` among them where a frame belongs to none.
    var prints: Set<Int64?> { Set(candidates.map(\.print)) }

    /// The capture times of the frames that come first and last in time.
    var span: ClosedRange<Timestamp>? {
        guard let first = candidates.first?.capturedAt else { return nil }
        return candidates.reduce(first...first) { span, candidate in
            min(span.lowerBound, candidate.capturedAt)...max(span.upperBound, candidate.capturedAt)
        }
    }

    mutating func count(_ frame: ArchivedFrame) {
        if frame.excluded {
            leftOut.excluded += 1
        } else if !frame.capturedAt.isPlausible {
            leftOut.untimed += 1
        } else {
            candidates.append(ExportCandidate(frame))
        }
    }

    /// Leaves out frames whose pictures are not here: nothing is laid out for them, and what is made ends with the last one that is.
    mutating func leaveOut(_ reasons: [FrameID: String]) {
        for frame in candidates {
            guard let reason = reasons[frame.id] else { continue }
            missing.append(
                SkippedFrame(frame: frame.id, camera: frame.camera, capturedAt: frame.capturedAt, reason: reason))
        }
        candidates.removeAll { reasons[$0.id] != nil }
    }

    /// Leaves out frames for what they show. Where the pictures themselves are given, as files, all of them are: only what is to be
    /// looked at goes without the boxes.
    mutating func sieve(as selection: ExportSelection, showing format: ExportFormat) {
        let sieve = FrameSieve(candidates, as: selection, withTwins: format.holdsPictures, leftOut: leftOut)
        (candidates, leftOut) = (sieve.frames, sieve.leftOut)
    }
}

extension [ExportCandidate] {
    /// How many there are of each size.
    var sizes: [PixelSize: Int] { reduce(into: [:]) { sizes, candidate in sizes[candidate.size, default: 0] += 1 } }
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
