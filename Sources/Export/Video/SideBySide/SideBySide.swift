internal import Archive
internal import Vocabulary

/// Several cameras in one picture, in step by time: what each of them shows at every moment of a video.
struct SideBySide: Hashable, Sendable {
    /// What stands in a camera's place.
    enum View: Hashable, Sendable {
        case frame(ExportCandidate)
        /// It gave no picture since then, or none yet.
        case missing(since: Timestamp?)
    }

    /// In the order of their places.
    let cameras: [CameraName]
    /// A frame for each moment, the newest there is then, in the order of the list that they were made of.
    let moments: [ExportCandidate]
    /// What the cameras show at each moment.
    private let views: [FrameID: [View]]

    /// A moment begins when this share of the quickest camera's usual step has passed, so that its unevenness leaves out none
    /// of its frames.
    private static let share = 0.75
    /// A camera that was not seen for so many usual steps has a gap.
    private static let patience: Int64 = 3
    /// And none is called one that is shorter, in milliseconds.
    private static let leastGap: Int64 = 10_000

    /// - Parameter candidates: of several cameras, in the order of time or against it.
    init(_ candidates: [ExportCandidate]) {
        let isBackwards = candidates.isNewestFirst
        let row = candidates.sorted { ($0.capturedAt, $0.id.number) < ($1.capturedAt, $1.id.number) }
        let cameras = Set(row.map(\.camera)).sorted()
        let places = Dictionary(uniqueKeysWithValues: cameras.enumerated().map { ($1, $0) })
        let steps = cameras.map { camera in FrameTimes(row.filter { $0.camera == camera }).usualStep }
        let quickest = steps.compactMap { $0 }.filter { $0 > 0 }.min() ?? 1000
        let patience = steps.map { max(Self.leastGap, Self.patience * max($0 ?? 0, quickest)) }

        var (moments, views) = ([ExportCandidate](), [FrameID: [View]]())
        var last = [ExportCandidate?](repeating: nil, count: cameras.count)
        var start = 0
        while start < row.count {
            let end =
                row[start...].firstIndex { frame in
                    Double((frame.capturedAt - row[start].capturedAt).milliseconds) >= Double(quickest) * Self.share
                } ?? row.count
            for frame in row[start..<end] { last[places[frame.camera] ?? 0] = frame }
            let moment = row[end - 1]
            moments.append(moment)
            views[moment.id] = last.enumerated().map { place, frame in
                guard let frame else { return .missing(since: nil) }
                let seen = max(frame.capturedAt, frame.lastSeenAt)
                let isGone = (moment.capturedAt - seen).milliseconds > patience[place]
                return isGone ? .missing(since: seen) : .frame(frame)
            }
            start = end
        }
        (self.cameras, self.views) = (cameras, views)
        self.moments = isBackwards ? moments.reversed() : moments
    }

    func views(at moment: ExportCandidate) -> [View] { views[moment.id] ?? [] }
}

extension SideBySide {
    /// One thing that changes in the picture.
    struct Change: Hashable, Sendable {
        /// The moment's, in the timeline.
        let moment: Int
        /// The camera's.
        let place: Int
        let view: View
    }

    /// What changes from moment to moment of a timeline, in order.
    func changes(in timeline: VideoTimeline) -> [Change] {
        var shown = [View?](repeating: nil, count: cameras.count)
        var changes: [Change] = []
        for (moment, frame) in timeline.frames.enumerated() {
            for (place, view) in views(at: frame).enumerated() where shown[place] != view {
                changes.append(Change(moment: moment, place: place, view: view))
                shown[place] = view
            }
        }
        return changes
    }
}
