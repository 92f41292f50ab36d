public import Catalog
internal import Vocabulary

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Exports archived frames into pictures or a video that is whole or absent under its name.
///
/// It reads through the catalog, in short reads, and never holds up a capture. The process is to ignore `SIGPIPE`: an
/// ffmpeg that dies early must end an export with its reason and not the program.
public struct Exporter: Sendable {
    private let catalog: Catalog
    private let searchPath: String?
    private let stallLimit: Duration
    private let standardOutput: Int32

    /// - Parameters:
    ///   - searchPath: the folders in which ffmpeg is looked for, separated by colons; `nil`: those of `PATH`. Only
    ///     videos need it.
    ///   - stallLimit: how long ffmpeg may do nothing before it is ended.
    ///   - standardOutput: the descriptor that the output `-` stands for.
    public init(
        catalog: Catalog, searchPath: String? = nil, stallLimit: Duration = .seconds(120), standardOutput: Int32 = 1
    ) {
        (self.catalog, self.searchPath, self.stallLimit) = (catalog, searchPath, stallLimit)
        self.standardOutput = standardOutput
    }

    /// Exports what a request asks for.
    ///
    /// Frames whose pictures are damaged are left out and named in the result; the export is then done in part. When
    /// this throws or its task is cancelled, nothing of it is left on disk, and what stood under the name before
    /// stands there still. Standard output has been written to by then, and ends in the middle.
    public func export(
        _ request: ExportRequest, progress: @escaping ExportProgressReport = { _ in }
    ) async throws(ExportError) -> ExportResult {
        let format = try request.checkedFormat()
        let target: OutputTarget? =
            request.output == ExportRequest.standardOutput
            ? nil
            : try OutputTarget(request.output, kind: format == .folder ? .folder : .file, replaces: request.force)
        // Before the frames are gone through, which can take a while.
        let ffmpeg = format.isVideo ? try await FFmpeg.find(searchPath: searchPath) : nil

        let survey = try await survey(request)
        let plan = try VideoPlan(
            frames: survey.frames, sizes: survey.sizes, every: request.every,
            pace: format.isVideo ? request.pace : .standard)
        guard plan.choice.count > 0, let span = survey.span else { throw .noFrames }

        let feed = FrameFeed(catalog, request.frames, choice: plan.choice)
        if format.holdsPictures {
            try await checkNames(of: feed, request)
            try target?.requireRoom(for: survey.chosenBytes)
        }

        let written: WrittenOutput
        if let target {
            let destination: any FrameDestination
            if let ffmpeg {
                let title = survey.cameras.sorted().map(\.text).joined(separator: ", ") + " \(span.lowerBound)"
                destination = VideoFile(
                    ffmpeg: ffmpeg, plan: plan, title: title, creationTime: span.lowerBound, stallLimit: stallLimit)
            } else {
                destination = PictureSet(request, as: format)
            }
            written = try await write(feed, to: destination, at: target, progress)
        } else {
            written = try await PictureSet(request, as: format).write(feed, to: stream(), progress: progress)
        }
        let tally = feed.tally
        return ExportResult(
            output: request.output, format: format, files: written.files, frames: written.frames,
            bytes: ByteCount(written.bytes), skipped: tally.skipped, undated: tally.undated,
            video: format.isVideo ? plan : nil)
    }

    private func write(
        _ feed: FrameFeed, to destination: any FrameDestination, at target: OutputTarget,
        _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        let partial = try PartialOutput(for: target)
        do throws(ExportError) {
            progress(feed.progress())
            let written = try await destination.write(feed, into: partial, progress: progress)
            progress(feed.progress())
            guard !Task.isCancelled else { throw .interrupted }
            try partial.commit()
            return written
        } catch {
            partial.discard()
            throw error
        }
    }

    private func stream() throws(ExportError) -> OutputFile {
        let path = "standard output"
        return OutputFile(try OpenFile(fcntl(standardOutput, F_DUPFD_CLOEXEC, 0), call: "open", path: path), path: path)
    }

    private func survey(_ request: ExportRequest) async throws(ExportError) -> FrameSurvey {
        var survey = FrameSurvey(every: request.every)
        try await catalog.forEachExported(request.frames) { survey.count($0) }
        return survey
    }

    /// Gives every picture its name once before anything is written, so that two of the same name cost nothing.
    private func checkNames(of feed: FrameFeed, _ request: ExportRequest) async throws(ExportError) {
        guard request.names != nil else { return }
        var names = PictureNames(template: request.names, timeZone: request.timeZone)
        try await feed.forEachFrame { frame, number in _ = try names.name(of: frame, number: number) }
    }
}
