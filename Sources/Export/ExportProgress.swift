public import Vocabulary

/// How far an export has come.
public struct ExportProgress: Hashable, Sendable {
    /// Frames that are in the output, or were skipped.
    public let framesDone: Int
    /// Frames that the export takes.
    public let framesTotal: Int
    /// Bytes of pictures read so far.
    public let bytes: ByteCount

    public init(framesDone: Int, framesTotal: Int, bytes: ByteCount) {
        (self.framesDone, self.framesTotal, self.bytes) = (framesDone, framesTotal, bytes)
    }
}

/// Is called while an export runs, from whatever task runs it, a few times a second at least.
public typealias ExportProgressReport = @Sendable (ExportProgress) -> Void
