internal import Archive
internal import NIOCore
internal import Vocabulary

/// A JPEG that shows what a video leads to: its last frame that can be read, shaped as the video's are.
struct VideoPoster: FrameDestination {
    let kit: VideoKit
    let looks: VideoLooks
    let source: FilterChain.Source
    let details: VideoDetails
    let kind = OutputTarget.Kind.file

    /// The frames that may become the poster, the best first; so many that one of them can be read.
    static func frames(of timeline: VideoTimeline) -> [ExportCandidate] { timeline.frames.suffix(16).reversed() }

    /// Where the poster of a video stands: beside it, `print.jpg` for `print.mp4`.
    static func path(beside video: String, _ format: ExportFormat) -> String {
        let isNamed = video.lowercased().hasSuffix(format.ending)
        return (isNamed ? String(video.dropLast(format.ending.count)) : video) + ".jpg"
    }

    func write(
        _ feed: FrameFeed, into partial: PartialOutput, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        guard let picture = try await firstReadable(of: feed) else { throw .nothingReadable(feed.tally.skipped.count) }
        let chain = try FilterChain(source, looks)
        let rate = FrameRate(1, per: 1)
        let arguments = VideoArguments(
            chain: chain, rate: rate, isVariable: false, details: details, timingOption: kit.ffmpeg.timingOption,
            threads: kit.load.threads)
        let stream = MatroskaStream(size: source.size, unit: 1_000_000_000, frameLength: 1, chapters: [])
        let journal = EncoderJournal()
        try await kit.run(arguments.poster(to: partial.path), journal) {
        } supply: { input in
            try await input.write(stream.bytes(of: .beginning(0, first: picture)))
            try await input.write(stream.bytes(of: .picture(picture, time: 0, length: nil)))
        }
        let size = try partial.file.size()
        guard size > 0 else { throw .ffmpegFailed(status: "made no poster", lastLines: journal.lastLines) }
        return WrittenOutput(files: 1, frames: 1, bytes: size)
    }

    private func firstReadable(of feed: FrameFeed) async throws(ExportError) -> ByteBuffer? {
        var found: ByteBuffer?
        try await feed.forEachFrame { frame, number in
            guard found == nil else { return }
            let picture = try await feed.pictures(of: [(frame, number)]).first?.flatMap { picture in
                Result { () throws(PictureRefusal) in try StreamPicture(encoding: picture) }
            }
            if case .success(let picture)? = picture { found = picture.bytes }
        }
        return found
    }
}

extension ExportFormat {
    /// Where the poster of an output would stand; `nil` where that is no video.
    package static func posterPath(beside output: String) -> String? {
        guard let format = try? ExportFormat(output: output), format.isVideo else { return nil }
        return VideoPoster.path(beside: output, format)
    }
}
