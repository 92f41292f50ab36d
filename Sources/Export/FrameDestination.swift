internal import Vocabulary

/// A way of writing frames into an output: the seam at which a new format is added.
protocol FrameDestination: Sendable {
    /// What stands under the output's name in the end.
    var kind: OutputTarget.Kind { get }

    /// What the output of these frames has at least, as far as that can be known before the first is read.
    func leastBytes(of frames: [ExportCandidate]) -> ByteCount

    /// Takes every picture of a feed and writes it into a partial output, to its end. On an error what was written is
    /// discarded by whoever called.
    func write(
        _ feed: FrameFeed, into partial: PartialOutput, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput
}

extension FrameDestination {
    func leastBytes(of frames: [ExportCandidate]) -> ByteCount { .zero }
}

/// What a destination wrote.
struct WrittenOutput: Sendable {
    let files: Int
    let frames: Int
    let bytes: Int64
    /// Of a sheet.
    var size: PixelSize?
    /// Whether its files are dated as their pictures.
    var keepsDates = true
    /// Whether it is known to survive a loss of power.
    var isDurable = true
}
