internal import Archive
internal import NIOCore
internal import Vocabulary

/// Several cameras in one video: which frames have to be read for it, and what is painted of them.
struct SideBySideVideo: Hashable, Sendable {
    let scene: SideBySide
    let layout: SideBySideLayout
    let shape: PictureShape
    let clock: SheetClock
    private let changes: [SideBySide.Change]
    private let timeline: VideoTimeline

    init(
        _ scene: SideBySide, _ layout: SideBySideLayout, _ shape: PictureShape, _ clock: SheetClock,
        _ timeline: VideoTimeline
    ) {
        (self.scene, self.layout, self.shape, self.clock, self.timeline) = (scene, layout, shape, clock, timeline)
        changes = scene.changes(in: timeline)
    }

    /// The frames that are to be read, in the order in which they appear.
    var frames: [ExportCandidate] {
        changes.compactMap { if case .frame(let frame) = $0.view { frame } else { nil } }
    }

    /// The same with other moments.
    func showing(_ timeline: VideoTimeline) -> SideBySideVideo {
        SideBySideVideo(scene, layout, shape, clock, timeline)
    }

    /// What is known of each moment before the video is made.
    var readings: [FrameReading] {
        timeline.frames.enumerated().map {
            FrameReading(place: $0, capturedAt: $1.capturedAt, progress: nil, light: nil)
        }
    }

    /// Calls `body` with the picture of one moment after the other, and its place in the timeline.
    ///
    /// - Parameter feed: of ``frames``. One that cannot be read leaves its place to the picture before it.
    func forEachPicture(
        of feed: FrameFeed, _ body: (ByteBuffer, Int) async throws -> Void
    ) async throws(ExportError) {
        var canvas = SideBySideCanvas(layout, cameras: scene.cameras, clock: clock)
        let shown = changes.filter { if case .frame = $0.view { true } else { false } }
        let left = changes.filter { if case .missing = $0.view { true } else { false } }
        var (moment, leaving) = (0, 0)

        func finish(before end: Int) async throws {
            while moment < end {
                while leaving < left.count, left[leaving].moment <= moment {
                    if case .missing(let since) = left[leaving].view { canvas.leave(left[leaving].place, since: since) }
                    leaving += 1
                }
                guard let jpeg = canvas.jpeg else {
                    throw ExportError.unusableVideo(
                        "a picture of \(layout.size) takes more memory than there is", hint: "Take fewer cameras.")
                }
                try await body(jpeg, moment)
                moment += 1
            }
        }

        let (cell, shape) = (layout.cell, shape)
        try await feed.forEachPicture(
            transformedBy: { picture throws(PictureRefusal) -> (Int, RGBPicture) in
                let size = try picture.size(shapedBy: shape).fitted(into: cell)
                return (picture.number - 1, try picture.decoded(at: size, shapedBy: shape))
            },
            { frame, product in
                let (number, picture): (Int, RGBPicture) = product
                let change = shown[number]
                try await finish(before: change.moment)
                canvas.show(picture, at: change.place, captured: frame.capturedAt)
            })
        guard feed.tally.delivered > 0 else { return }
        try await ExportError.wrapping { try await finish(before: timeline.frames.count) }
    }
}
