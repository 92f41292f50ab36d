internal import NIOCore
internal import Vocabulary

/// Writes the stored JPEGs as they are into a Matroska file, each at its time and for its length.
struct MatroskaFile: FrameDestination {
    let timeline: VideoTimeline
    /// Of most pictures.
    let size: PixelSize
    let details: VideoDetails
    let kind = OutputTarget.Kind.file

    /// - Throws: ``ExportError/unusableVideo(_:hint:)`` where settings would change pictures.
    init(_ settings: VideoSettings, _ plan: VideoPlan, _ details: VideoDetails) throws(ExportError) {
        try VideoCoding.check(settings, for: .mkv)
        (timeline, size, self.details) = (plan.timeline, plan.source.size, details)
    }

    func leastBytes(of frames: [ExportCandidate]) -> ByteCount { frames.reduce(.zero) { $0 + $1.bytes } }

    func write(
        _ feed: FrameFeed, into partial: PartialOutput, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        let schedule = FrameSchedule(timeline)
        let stream = MatroskaStream(
            size: size, unit: schedule.unit, frameLength: schedule.frameLength, chapters: timeline.chapters)
        var pictures = PictureStream(schedule, filling: .length)
        var writer = try MatroskaWriter(into: partial, stream, details, end: schedule.end)
        try await feed.forEachPicture(transformedBy: StreamPicture.init(keeping:)) { _, picture in
            try await pictures.append(picture.bytes, place: picture.number - 1) { try writer.put($0) }
            progress(feed.progress())
        }
        try await ExportError.wrapping { try await pictures.finish { try writer.put($0) } }
        guard feed.tally.delivered > 0 else { throw .nothingReadable(feed.tally.skipped.count) }
        return WrittenOutput(files: 1, frames: feed.tally.delivered, bytes: try writer.finish())
    }
}
