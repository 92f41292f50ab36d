public import Vocabulary

/// What an export would put into its output.
public struct ExportPlan: Hashable, Sendable {
    /// The output's path, as it was asked for.
    public let output: String
    public let format: ExportFormat
    /// Frames that would go in.
    public let frames: Int
    /// The one that would come first.
    public let first: PlannedFrame
    /// The one that would come last.
    public let last: PlannedFrame
    public let leftOut: LeftOutFrames
    /// How the video would be laid out; `nil` where there is none.
    public let video: VideoPlan?
    /// The size of the video or the sheet in pixels; `nil` for pictures, and where it follows from what they show.
    public let size: PixelSize?
    /// About how many bytes the output would have; `nil` where nothing can be said.
    public let bytes: ByteCount?
}

/// How a plan comes to know how large a video becomes.
public enum SizeEstimation: Sendable {
    /// By its length and its pictures' size, at once; it may be off several times.
    case reckoned
    /// By encoding a part of it where ffmpeg is there, which takes a few seconds.
    case tried
}

/// A frame that would go into an export.
public struct PlannedFrame: Hashable, Sendable, KeyedRecord {
    public let frame: FrameID
    public let camera: CameraName
    public let capturedAt: Timestamp

    init(_ candidate: ExportCandidate) {
        (frame, camera, capturedAt) = (candidate.id, candidate.camera, candidate.capturedAt)
    }

    public static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("camera", \.camera), Field("captured_at", \.capturedAt),
    ]
}
