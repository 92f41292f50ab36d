internal import NIOCore
internal import Vocabulary

/// Writes pictures as a video, or as several of the same frames at once, through one ffmpeg that gets them on its
/// standard input.
///
/// A picture is read from the archive when ffmpeg has taken the one before, so that memory is the same for any length
/// and no picture is ever a temporary file.
struct VideoFile: FrameDestination {
    /// One of the files.
    struct Output: Hashable, Sendable {
        let format: ExportFormat
        let coding: VideoCoding
        let path: String
    }

    let kit: VideoKit
    let settings: VideoSettings
    private(set) var timeline: VideoTimeline
    let source: FilterChain.Source
    let details: VideoDetails
    private(set) var pictures: VideoPictures
    /// Of the video.
    let size: PixelSize
    private(set) var outputs: [Output]
    let kind = OutputTarget.Kind.file

    init(
        _ kit: VideoKit, _ settings: VideoSettings, _ plan: VideoPlan, _ details: VideoDetails, _ format: ExportFormat,
        path: String
    ) throws(ExportError) {
        (self.kit, self.settings, self.details) = (kit, settings, details)
        (timeline, source, size) = (plan.timeline, plan.source, plan.size)
        pictures = plan.sideBySide.map { .sideBySide($0) } ?? (settings.isLossless ? .kept : .encoded)
        let coding = try VideoCoding(format, settings, encoders: kit.encoders)
        outputs = [Output(format: format, coding: coding, path: path)]
    }

    /// Both in one pass, where the same frames are encoded alike; `nil` where each needs its own.
    func joined(with other: VideoFile) -> VideoFile? {
        let all = outputs + other.outputs
        let areEncoded = all.allSatisfy { if case .encoder = $0.coding { true } else { false } }
        guard areEncoded, settings.largest == nil, timeline == other.timeline, pictures == other.pictures,
            size == other.size
        else { return nil }
        var both = self
        both.outputs = all
        return both
    }

    /// How far an encoder gets nobody knows before.
    func leastBytes(of frames: [ExportCandidate]) -> ByteCount {
        settings.isLossless ? frames.reduce(.zero) { $0 + $1.bytes } : .zero
    }

    /// The same of other frames.
    func with(_ timeline: VideoTimeline, _ pictures: VideoPictures) -> VideoFile {
        var other = self
        (other.timeline, other.pictures) = (timeline, pictures)
        return other
    }

    func write(
        _ feed: FrameFeed, into partial: PartialOutput, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        try await write(feed, into: [partial], progress: progress)[0]
    }

    /// - Parameter partials: one for each output.
    func write(
        _ feed: FrameFeed, into partials: [PartialOutput], progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> [WrittenOutput] {
        var files = zip(outputs, partials).map { output, partial in
            VideoArguments.Output(
                format: output.format, coding: output.coding, quality: settings.quality, path: partial.path)
        }
        let lastLines = try await encode(feed, FrameSchedule(timeline), &files, limitedBy: partials[0], progress)
        var written: [WrittenOutput] = []
        for (file, partial) in zip(files, partials) {
            guard try VideoFileCheck(partial.file, file.format).isWhole else {
                throw .ffmpegFailed(status: "left a video that is not whole", lastLines: lastLines)
            }
            written.append(
                WrittenOutput(
                    files: 1, frames: feed.tally.delivered, bytes: try partial.file.size(), size: file.shrunk))
        }
        return written
    }

    /// Encodes all pictures into files.
    ///
    /// - Parameter partial: the first file, whose size is looked at where it has a limit; `nil` where that does not matter.
    /// - Returns: the last lines that ffmpeg wrote.
    func encode(
        _ feed: FrameFeed, _ schedule: FrameSchedule, _ files: inout [VideoArguments.Output],
        limitedBy partial: PartialOutput? = nil, _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> [String] {
        let preparation = try await preparation(feed, schedule, progress)
        let arguments = VideoArguments(
            chain: preparation?.chain, rate: timeline.rate, isVariable: timeline.isVariable, details: details,
            timingOption: kit.ffmpeg.timingOption, threads: kit.load.threads)
        let pass = VideoPass(
            run: kit.run, feed: feed, schedule: schedule, chapters: timeline.chapters, size: source.size,
            pictures: pictures, progress: progress)
        var palette: Spool?
        if outputs[0].coding == .gif {
            let spool = try Spool(in: .temporary())
            try await pass.encode(arguments.palette(to: spool.path), filling: .length, expectsFrames: false)
            feed.restart()
            files[0].palette = spool.path
            palette = spool
        }
        let filling: PictureStream.Filling =
            outputs[0].coding == .copy ? .length : timeline.isVariable ? .repeatAtEnd : .repeats
        let lastLines: [String]
        if let most = settings.largest, let partial, outputs[0].coding != .copy {
            lastLines = try await encode(pass, arguments, &files[0], into: partial, filling, atMost: most)
        } else {
            lastLines = try await pass.encode(arguments.list(for: files), filling: filling)
        }
        // ffmpeg opened their files through this process.
        withExtendedLifetime((preparation, palette)) {}
        return lastLines
    }

    /// Encodes at a rate with which the file should be as small as wanted, and once more where it is not.
    private func encode(
        _ pass: VideoPass, _ arguments: VideoArguments, _ file: inout VideoArguments.Output,
        into partial: PartialOutput, _ filling: PictureStream.Filling, atMost most: ByteCount
    ) async throws(ExportError) -> [String] {
        file.limit = RateLimit(for: most, lasting: timeline.duration)
        let lines = try await pass.encode(arguments.list(for: [file]), filling: filling)
        let first = ByteCount(try partial.file.size())
        guard first > most else { return lines }
        if file.format.isAnimation {
            // There is no rate to choose: fewer pixels it is, which take about as many fewer bytes.
            let share = Double(most.bytes) / Double(first.bytes)
            file.shrunk = arguments.chain?.size.times(share.squareRoot() * 0.9)
        } else {
            file.limit = file.limit?.corrected(actual: first, wanted: most)
        }
        pass.feed.restart()
        let linesAgain = try await pass.encode(arguments.list(for: [file]), filling: filling)
        let second = ByteCount(try partial.file.size())
        guard second <= most else { throw .tooLarge(outputs[0].path, size: second, most: most) }
        return linesAgain
    }

    /// Reads all pictures once where texts or light depend on them. `nil` where pictures stay as they are.
    private func preparation(
        _ feed: FrameFeed, _ schedule: FrameSchedule, _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> VideoPreparation? {
        guard outputs[0].coding != .copy else { return nil }
        var settings = settings
        if case .sideBySide = pictures { settings.looks.clearShape() }
        let chain = try FilterChain(source, settings, for: outputs[0].format, rate: timeline.rate)
        var readings: [FrameReading] = []
        if settings.labels.differ || settings.looks.isLevelled {
            if case .sideBySide(let video) = pictures {
                readings = video.readings
            } else {
                readings = try await feed.readings(isMetered: settings.looks.isLevelled) {
                    progress(feed.progress())
                }
            }
            guard !readings.isEmpty else { throw .nothingReadable(feed.tally.skipped.count) }
            feed.restart()
        }
        return try VideoPreparation(
            chain, settings.labels, readings: readings, schedule: schedule, font: kit.font)
    }
}
