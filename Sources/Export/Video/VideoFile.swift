internal import NIOCore
internal import Subprocess
internal import Vocabulary

/// Writes pictures as a video, through one ffmpeg that gets them on its standard input.
///
/// A picture is read from the archive when ffmpeg has taken the one before, so that memory is the same for any length
/// and no picture is ever a temporary file.
struct VideoFile: FrameDestination {
    let ffmpeg: FFmpeg
    let plan: VideoPlan
    let title: String
    let creationTime: Timestamp
    /// How long ffmpeg may take no input and encode no frame before it is ended.
    let stallLimit: Duration
    let kind = OutputTarget.Kind.file

    func write(
        _ feed: FrameFeed, into partial: PartialOutput, progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> WrittenOutput {
        let arguments = VideoArguments(plan: plan, title: title, creationTime: creationTime, path: partial.path)
        let journal = EncoderJournal()
        let status = try await run(arguments, feed, journal, progress)
        guard !Task.isCancelled else { throw .interrupted }
        guard !journal.stalled else { throw .ffmpegStalled(stallLimit, lastLines: journal.lastLines) }
        guard feed.tally.delivered > 0 || journal.brokenPipe else {
            throw .nothingReadable(feed.tally.skipped.count)
        }
        guard status.isSuccess, !journal.brokenPipe else {
            throw .ffmpegFailed(status: status.phrase, lastLines: journal.lastLines)
        }
        let delivered = feed.tally.delivered
        guard journal.encoded == delivered else {
            throw .ffmpegFailed(
                status: "put \(journal.encoded) of \(delivered) frames into the video", lastLines: journal.lastLines)
        }
        guard try VideoFileCheck(partial.file).isWhole else {
            throw .ffmpegFailed(status: "left a video that is not whole", lastLines: journal.lastLines)
        }
        return WrittenOutput(files: 1, frames: delivered, bytes: try partial.file.size())
    }

    private func run(
        _ arguments: VideoArguments, _ feed: FrameFeed, _ journal: EncoderJournal,
        _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> TerminationStatus {
        var options = PlatformOptions()
        // In a group of its own a Ctrl-C on the terminal reaches us alone, and we end ffmpeg in good order.
        options.processGroupID = 0
        options.teardownSequence = Self.teardown
        do {
            return try await Subprocess.run(
                .name("ffmpeg"), arguments: Arguments(arguments.list),
                environment: FFmpeg.environment(ffmpeg.searchPath), platformOptions: options,
                input: .inputWriter, output: .sequence, error: .sequence
            ) { execution in
                try await attend(execution, feed, journal, progress)
            }.terminationStatus
        } catch let error as ExportError {
            throw error
        } catch {
            guard !Task.isCancelled else { throw .interrupted }
            throw .ffmpegFailed(status: "could not be run (\(error))", lastLines: journal.lastLines)
        }
    }

    /// Feeds ffmpeg and listens to it until it closes its outputs.
    private func attend(
        _ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>, _ feed: FrameFeed,
        _ journal: EncoderJournal, _ progress: @escaping ExportProgressReport
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await watch(execution, journal) }
            try await withThrowingTaskGroup(of: Void.self) { streams in
                streams.addTask {
                    for try await buffer in execution.standardError {
                        buffer.withUnsafeBytes { journal.heard($0) }
                    }
                }
                streams.addTask {
                    for try await buffer in execution.standardOutput {
                        buffer.withUnsafeBytes { journal.reported($0) }
                        progress(feed.progress(framesDone: journal.encoded))
                    }
                }
                streams.addTask { try await supply(feed, to: execution, journal) }
                try await streams.waitForAll()
            }
            group.cancelAll()
        }
    }

    /// Writes every picture to ffmpeg's standard input and closes it.
    private func supply(
        _ feed: FrameFeed, to execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>,
        _ journal: EncoderJournal
    ) async throws {
        let input = execution.standardInputWriter
        do {
            try await feed.forEachPicture { picture in
                if PictureCoding(of: picture.bytes).isArithmetic {
                    return "ffmpeg cannot decode arithmetic-coded JPEGs"
                }
                do {
                    _ = try await input.write(Array(picture.bytes.readableBytesView))
                } catch {
                    journal.brokenPipe = true
                    throw CancellationError()
                }
                journal.tookInput()
                return nil
            }
            try await input.finish()
        } catch {
            // ffmpeg is gone: its status and last lines say why, better than a broken pipe does.
            if journal.brokenPipe { return }
            // The streams end only with the process, and the error is thrown on only when they have ended.
            await execution.teardown(using: Self.teardown)
            throw error
        }
    }

    /// Ends ffmpeg when nothing has moved for the limit.
    private func watch(
        _ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>, _ journal: EncoderJournal
    ) async throws {
        while true {
            let due = journal.lastMove + stallLimit
            guard due <= .now else {
                do { try await Task.sleep(until: due, clock: .continuous) } catch { return }
                continue
            }
            journal.stalled = true
            return await execution.teardown(using: Self.teardown)
        }
    }

    private static let teardown: [TeardownStep] = [
        .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
    ]
}
