public import Vocabulary

/// What an export made.
public struct ExportResult: Hashable, Sendable {
    /// The output's path, as it was asked for.
    public let output: String
    public let format: ExportFormat
    /// Files that stand under the output's name: pictures, manifest and checksums for a folder, 1 for everything else.
    public let files: Int
    /// Frames in the output.
    public let frames: Int
    /// Bytes of the output's files.
    public let bytes: ByteCount
    /// Matching frames that were not to go in.
    public let leftOut: LeftOutFrames
    /// Frames that could not be exported, in order; with any of them the export is done in part.
    public let skipped: [SkippedFrame]
    /// Pictures in the output that could get no Exif data although it was asked for: their own cannot be kept exactly
    /// beside it.
    public let undated: Int
    /// How the video was laid out; `nil` where there is none.
    public let video: VideoPlan?
    /// The size of the sheet in pixels; `nil` where there is none.
    public let sheet: PixelSize?
    /// The cameras whose frames are in the output, by name.
    public let cameras: [CameraName]
    /// Frames in the output that have the boxes of a failure detection drawn in.
    public let tagged: Int
    /// Whether the output's files are dated as their pictures; some file systems do not let them be.
    public let keepsDates: Bool
    /// Whether the file system says that the output would survive a loss of power; some cannot say so.
    public let isDurable: Bool
    /// The path of the JPEG beside the video, where one was asked for.
    public internal(set) var poster: String?

    /// Whether every frame that was asked for is in the output.
    public var isComplete: Bool { skipped.isEmpty && leftOut.untimed == 0 }
}

/// A frame that is missing from an export, and why.
public struct SkippedFrame: Hashable, Sendable, KeyedRecord {
    public let frame: FrameID
    public let camera: CameraName
    public let capturedAt: Timestamp
    public let reason: String

    public init(frame: FrameID, camera: CameraName, capturedAt: Timestamp, reason: String) {
        (self.frame, self.camera, self.capturedAt, self.reason) = (frame, camera, capturedAt, reason)
    }

    public static let fields: [Field<Self>] = [
        Field("frame", \.frame), Field("camera", \.camera), Field("captured_at", \.capturedAt),
        Field("reason", \.reason),
    ]
}
