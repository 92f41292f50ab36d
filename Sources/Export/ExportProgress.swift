package import Vocabulary

/// How far an export has come.
package struct ExportProgress: Hashable, Sendable {
    /// Frames that are in the output, or were skipped.
    package let framesDone: Int
    /// Frames that the export takes.
    package let framesTotal: Int
    /// Bytes of pictures read so far.
    package let bytes: ByteCount

    package init(framesDone: Int, framesTotal: Int, bytes: ByteCount) {
        (self.framesDone, self.framesTotal, self.bytes) = (framesDone, framesTotal, bytes)
    }
}

/// Is called while an export runs, from whatever task runs it, a few times a second at least.
package typealias ExportProgressReport = @Sendable (ExportProgress) -> Void
