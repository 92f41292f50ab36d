internal import NIOCore
internal import Vocabulary

/// All pictures of a feed through one ffmpeg.
struct VideoPass: Sendable {
    let run: EncoderRun
    let feed: FrameFeed
    let schedule: FrameSchedule
    let chapters: [VideoTimeline.Chapter]
    /// Of most pictures.
    let size: PixelSize
    let pictures: VideoPictures
    let progress: ExportProgressReport

    /// Runs ffmpeg, and checks that every picture that it was given is in what it made.
    ///
    /// - Parameter expectsFrames: `false` where what it makes are no frames.
    /// - Returns: the last lines that it wrote.
    @discardableResult func encode(
        _ arguments: [String], filling: PictureStream.Filling, expectsFrames: Bool = true
    ) async throws(ExportError) -> [String] {
        let journal = EncoderJournal()
        let stream = MatroskaStream(
            size: size, unit: schedule.unit, frameLength: schedule.frameLength, chapters: chapters)
        let counter = PictureCounter()
        do throws(ExportError) {
            try await run(arguments, journal) {
                progress(feed.progress(framesDone: counter.frames(shownIn: journal.encoded)))
            } supply: { input in
                var stretch = PictureStream(schedule, filling: filling)
                try await pictures.forEach(of: feed) { picture, place in
                    try await stretch.append(picture, place: place) {
                        try await input.write(stream.bytes(of: $0))
                    }
                    counter.count(pictures: stretch.count, frames: feed.tally.delivered)
                }
                try await stretch.finish { try await input.write(stream.bytes(of: $0)) }
                counter.count(pictures: stretch.count, frames: feed.tally.delivered)
            }
        } catch {
            // Of nothing ffmpeg can make nothing.
            if case .ffmpegFailed = error, feed.tally.delivered == 0, !journal.brokenPipe {
                throw .nothingReadable(feed.tally.skipped.count)
            }
            throw error
        }
        guard feed.tally.delivered > 0 else { throw .nothingReadable(feed.tally.skipped.count) }
        guard !expectsFrames || journal.encoded == counter.pictures else {
            throw .ffmpegFailed(
                status: "put \(journal.encoded) of \(counter.pictures) frames into the video",
                lastLines: journal.lastLines)
        }
        return journal.lastLines
    }
}
