public import Catalog
internal import Vocabulary

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Exports archived frames into pictures, a video or a sheet that is whole or absent under its name.
///
/// It reads through the catalog, in short reads, and never holds up a capture. The process is to ignore `SIGPIPE`: an
/// ffmpeg that dies early must end an export with its reason and not the program.
public struct Exporter: Sendable {
    let catalog: Catalog
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

        let planned = try await planned(format, request, progress)
        let feed = FrameFeed(catalog, planned.frames)
        if format.holdsPictures {
            try await checkNames(of: feed, request)
            try target?.requireRoom(for: planned.frames.reduce(.zero) { $0 + $1.bytes })
        }
        let written =
            if let target {
                try await write(feed, to: destination(planned, format, request, ffmpeg), at: target, progress)
            } else {
                try await PictureSet(request, as: format).write(feed, to: stream(), progress: progress)
            }
        let tally = feed.tally
        return ExportResult(
            output: request.output, format: format, files: written.files, frames: written.frames,
            bytes: ByteCount(written.bytes), leftOut: planned.leftOut, skipped: tally.skipped, undated: tally.undated,
            video: planned.video, sheet: written.size)
    }

    private func destination(
        _ planned: Planned, _ format: ExportFormat, _ request: ExportRequest, _ ffmpeg: FFmpeg?
    ) throws(ExportError) -> any FrameDestination {
        if let sheet = planned.sheet { return sheet.destination }
        guard let video = planned.video else { return PictureSet(request, as: format) }
        guard let ffmpeg else { throw .ffmpegMissing }
        return VideoFile(
            ffmpeg: ffmpeg, plan: video, title: planned.title, creationTime: planned.creationTime,
            stallLimit: stallLimit)
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

    private func stream() throws(ExportError) -> OutputFile {
        let path = "standard output"
        return OutputFile(try OpenFile(fcntl(standardOutput, F_DUPFD_CLOEXEC, 0), call: "open", path: path), path: path)
    }

    /// Gives every picture its name once before anything is written, so that two of the same name cost nothing.
    private func checkNames(of feed: FrameFeed, _ request: ExportRequest) async throws(ExportError) {
        guard request.names != nil else { return }
        var names = PictureNames(template: request.names, timeZone: request.timeZone)
        try await feed.forEachFrame { frame, number in _ = try names.name(of: frame, number: number) }
    }
}
