public import Catalog
internal import Vocabulary

/// Exports archived frames into a folder, a video or a sheet that is whole or absent under its name.
///
/// It reads through the catalog, in short reads, and never holds up a capture. The process is to ignore `SIGPIPE`: an
/// ffmpeg that dies early must end an export with its reason and not the program.
public struct Exporter: Sendable {
    private let catalog: Catalog
    private let searchPath: String?
    private let stallLimit: Duration

    /// - Parameters:
    ///   - searchPath: the folders in which ffmpeg is looked for, separated by colons; `nil`: those of `PATH`. Only
    ///     videos need it.
    ///   - stallLimit: how long ffmpeg may do nothing before it is ended.
    public init(catalog: Catalog, searchPath: String? = nil, stallLimit: Duration = .seconds(120)) {
        (self.catalog, self.searchPath, self.stallLimit) = (catalog, searchPath, stallLimit)
    }

    /// Exports what a request asks for.
    ///
    /// Frames whose pictures are damaged are left out and named in the result; the export is then done in part. When
    /// this throws or its task is cancelled, nothing of it is left on disk, and what stood under the name before
    /// stands there still.
    public func export(
        _ request: ExportRequest, progress: @escaping ExportProgressReport = { _ in }
    ) async throws(ExportError) -> ExportResult {
        let format = try ExportFormat(output: request.output)
        let target = try OutputTarget(
            request.output, kind: format == .folder ? .folder : .file, replaces: request.force)
        // Before the frames are gone through, which can take a while.
        let ffmpeg = format.isVideo ? try await FFmpeg.find(searchPath: searchPath) : nil

        let survey = try await survey(request.frames)
        guard survey.frames > 0, let span = survey.span else { throw .noFrames }
        var video: VideoPlan?
        let choice: FrameChoice
        let destination: any FrameDestination
        switch format {
        case .folder:
            choice = try FrameChoice(of: survey.frames, everyNth: request.every, atMost: request.most)
            destination = FrameFolder(request: request)
        case .mp4:
            let plan = try VideoPlan(
                frames: survey.frames, sizes: survey.sizes, every: request.every, atMost: request.most,
                pace: request.pace)
            let title = survey.cameras.sorted().map(\.text).joined(separator: ", ") + " \(span.lowerBound)"
            guard let ffmpeg else { throw .ffmpegMissing }
            (video, choice) = (plan, plan.choice)
            destination = VideoFile(
                ffmpeg: ffmpeg, plan: plan, title: title, creationTime: span.lowerBound, stallLimit: stallLimit)
        case .sheet:
            let plan = try await SheetPlan(request, survey, catalog: catalog)
            (choice, destination) = (plan.choice, plan.destination)
        }
        let feed = FrameFeed(catalog, request.frames, choice: choice)
        let written = try await write(feed, to: destination, at: target, progress)
        return ExportResult(
            output: request.output, format: format, files: written.files, frames: written.frames,
            bytes: ByteCount(written.bytes), skipped: feed.tally.skipped, video: video, sheet: written.size)
    }

    private func write(
        _ feed: FrameFeed, to destination: any FrameDestination, at target: OutputTarget,
        _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        let partial = try PartialOutput(for: target)
        do throws(ExportError) {
            progress(feed.progress())
            let written = try await destination.write(feed, into: partial, progress: progress)
            guard written.frames > 0 else { throw .nothingReadable(feed.tally.skipped.count) }
            progress(feed.progress())
            guard !Task.isCancelled else { throw .interrupted }
            try partial.commit()
            return written
        } catch {
            partial.discard()
            throw error
        }
    }

    private func survey(_ query: FrameQuery) async throws(ExportError) -> FrameSurvey {
        var survey = FrameSurvey()
        try await catalog.forEachExported(query) { survey.count($0) }
        return survey
    }
}
