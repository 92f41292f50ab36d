package import Vocabulary

/// What an export puts into its output, decided before the first picture is written.
package struct ExportPlan: Sendable {
    /// The output's path, as it was asked for.
    package let output: String
    package let format: ExportFormat
    /// Frames in the output's order; one that is shown for several frames' time several times.
    let taken: [ExportCandidate]
    /// The one that comes first.
    package let first: PlannedFrame
    /// The one that comes last.
    package let last: PlannedFrame
    package let leftOut: LeftOutFrames
    /// Frames whose pictures are known not to be here.
    package let missing: [SkippedFrame]
    /// When the first and the last frame that could be chosen were captured.
    let span: ClosedRange<Timestamp>
    let content: Content
    /// About how many bytes the output will have; `nil` where nothing can be said, or nobody asked.
    package internal(set) var bytes: ByteCount?

    /// What the frames become.
    enum Content: Sendable {
        case pictures(PicturePacking)
        case video(VideoPlan)
        case sheet(SheetPlan)

        var video: VideoPlan? { if case .video(let plan) = self { plan } else { nil } }
        var sheet: SheetPlan? { if case .sheet(let plan) = self { plan } else { nil } }
    }

    /// - Throws: ``ExportError/noFrames``.
    init(
        _ job: ExportJob, _ survey: FrameSurvey, taken: [ExportCandidate], _ content: Content
    ) throws(ExportError) {
        let shown = Self.shown(taken, content)
        guard let first = shown.first, let last = shown.last, let span = survey.span else { throw .noFrames }
        (output, format, self.taken) = (job.request.output, job.format, taken)
        (self.first, self.last, self.span) = (PlannedFrame(first), PlannedFrame(last), span)
        self.content = content
        missing = survey.missing
        var leftOut = survey.leftOut
        leftOut.thinned = survey.frames - (content.video?.sideBySide == nil ? shown.count : Set(shown).count)
        self.leftOut = leftOut
    }

    /// The frames that are seen, each as often as it comes anew.
    var shown: [ExportCandidate] { Self.shown(taken, content) }

    /// How many frames are seen.
    package var frames: Int { shown.count }

    /// The size of the video or the sheet in pixels; `nil` for pictures, and where it follows from what they show.
    package var size: PixelSize? { video?.size ?? content.sheet?.size }

    /// How the video is laid out; `nil` where there is none.
    package var video: VideoPlan? { content.video }

    private static func shown(_ taken: [ExportCandidate], _ content: Content) -> [ExportCandidate] {
        switch content {
        case .pictures, .sheet: taken
        case .video(let plan): plan.sideBySide?.frames ?? plan.timeline.shown
        }
    }
}

/// How a plan comes to know how large a video becomes.
package enum SizeEstimation: Sendable {
    /// By its length and its pictures' size, at once; it may be off several times.
    case reckoned
    /// By encoding a part of it where ffmpeg is there, which takes a few seconds.
    case tried
}

/// A frame that would go into an export.
package struct PlannedFrame: Hashable, Sendable, KeyedRecord {
    package let frame: FrameID
    package let camera: CameraName
    package let capturedAt: Timestamp

    init(_ candidate: ExportCandidate) {
        (frame, camera, capturedAt) = (candidate.id, candidate.camera, candidate.capturedAt)
    }

    package static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("camera", \.camera), Field("captured_at", \.capturedAt),
    ]
}
