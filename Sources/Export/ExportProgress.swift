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

    /// From 0 to 1.
    public var fraction: Double { framesTotal == 0 ? 1 : min(1, Double(framesDone) / Double(framesTotal)) }

    /// The time that the rest takes at the speed so far; `nil` before there is one.
    public func timeLeft(after elapsed: Duration) -> Duration? {
        guard framesDone > 0, elapsed > .zero else { return nil }
        return elapsed * (Double(max(0, framesTotal - framesDone)) / Double(framesDone))
    }
}

/// Is called while an export runs, from whatever task runs it, a few times a second at least.
public typealias ExportProgressReport = @Sendable (ExportProgress) -> Void
