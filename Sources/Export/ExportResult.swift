package import Vocabulary

/// What an export made.
package struct ExportResult: Sendable {
    /// The output's path, as it was asked for.
    package let output: String
    package let format: ExportFormat
    /// Files that stand under the output's name: pictures, manifest and checksums for a folder, 1 for everything else.
    package let files: Int
    /// Frames in the output.
    package let frames: Int
    /// Bytes of the output's files.
    package let bytes: ByteCount
    /// Matching frames that were not to go in.
    package let leftOut: LeftOutFrames
    /// Frames that could not be exported, in order; with any of them the export is done in part.
    package let skipped: [SkippedFrame]
    /// Pictures in the output that could get no Exif data although it was asked for: their own cannot be kept exactly
    /// beside it.
    package let undated: Int
    /// How the video was laid out; `nil` where there is none.
    package let video: VideoPlan?
    /// The size of the sheet in pixels; `nil` where there is none.
    package let sheet: PixelSize?
    /// The cameras whose frames are in the output, by name.
    package let cameras: [CameraName]
    /// Frames in the output that have the boxes of a failure detection drawn in.
    package let tagged: Int
    /// Whether the output's files are dated as their pictures; some file systems do not let them be.
    package let keepsDates: Bool
    /// Whether the file system says that the output would survive a loss of power; some cannot say so.
    package let isDurable: Bool
    /// Why nothing was made, where there are outputs for several cameras and this one has nothing to show.
    package var problem: ExportError?
    /// The path of the JPEG beside the video, where one was asked for.
    package internal(set) var poster: String?

    /// Whether every frame that was asked for is in the output.
    package var isComplete: Bool { skipped.isEmpty && leftOut.untimed == 0 && problem == nil }
}
