package import Vocabulary

/// What an export would put into its output.
package struct ExportPlan: Hashable, Sendable {
    /// The output's path, as it was asked for.
    package let output: String
    package let format: ExportFormat
    /// Frames that would go in.
    package let frames: Int
    /// The one that would come first.
    package let first: PlannedFrame
    /// The one that would come last.
    package let last: PlannedFrame
    package let leftOut: LeftOutFrames
    /// How the video would be laid out; `nil` where there is none.
    package let video: VideoPlan?
    /// The size of the video or the sheet in pixels; `nil` for pictures, and where it follows from what they show.
    package let size: PixelSize?
    /// About how many bytes the output would have; `nil` where nothing can be said.
    package let bytes: ByteCount?
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
