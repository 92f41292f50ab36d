internal import Vocabulary

/// Pictures with detection boxes drawn in that have one without near them, which shows the same.
///
/// The server announces both of a moment, one after the other. Where it gave only the boxes, as after a lost request, that
/// picture is all there is of its moment, and stays.
struct TaggedTwins: Sendable {
    private var twins: Set<FrameID> = []

    /// What a print of one camera shows, or the camera outside of prints.
    private struct Scene: Hashable {
        let camera: CameraName
        let print: Int64?
    }

    /// A picture without boxes is near if it is no farther than this many usual steps between such pictures.
    private static let steps = 1.5
    /// And always if it is no farther than this.
    private static let least = 10_000.0

    init(among candidates: [ExportCandidate]) {
        guard candidates.contains(where: \.isTagged) else { return }
        for frames in Dictionary(grouping: candidates, by: { Scene(camera: $0.camera, print: $0.print) }).values {
            let times = frames.filter { !$0.isTagged }.map(\.capturedAt.milliseconds).sorted()
            guard !times.isEmpty else { continue }
            let reach = max(Self.least, Double(FrameTimes(times).usualStep ?? 0) * Self.steps)
            for frame in frames where frame.isTagged {
                let next = times.partition(from: frame.capturedAt.milliseconds)
                let near = times[max(0, next - 1)..<min(times.count, next + 1)]
                if near.contains(where: { abs(Double($0) - Double(frame.capturedAt.milliseconds)) <= reach }) {
                    twins.insert(frame.id)
                }
            }
        }
    }

    func contains(_ candidate: ExportCandidate) -> Bool { candidate.isTagged && twins.contains(candidate.id) }
}

extension [Int64] {
    /// The place of the first number that is not less, in a rising row.
    fileprivate func partition(from number: Int64) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
