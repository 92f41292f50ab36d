internal import CFileSystem
internal import Glibc
internal import Subprocess

/// One run of ffmpeg, which gets its pictures on its standard input.
struct EncoderRun: Sendable {
    let ffmpeg: FFmpeg
    /// How long it may take no input and encode no frame before it is ended.
    let stallLimit: Duration
    /// Whether it leaves the processor to others.
    let isGentle: Bool

    /// Where ffmpeg's input goes.
    struct Input: Sendable {
        fileprivate let writer: StandardInputWriter
        fileprivate let journal: EncoderJournal

        /// Waits until ffmpeg took all of it.
        ///
        /// - Throws: `CancellationError` where ffmpeg is gone; its status and last lines say why.
        func write(_ bytes: [UInt8]) async throws {
            do {
                _ = try await writer.write(bytes)
            } catch {
                journal.brokenPipe = true
                throw CancellationError()
            }
            journal.tookInput()
        }
    }

    /// Runs ffmpeg to its end.
    ///
    /// - Parameters:
    ///   - report: is called when it said how far it is.
    ///   - supply: writes all of its input.
    /// - Throws: where it failed, stalled or was interrupted. Whether it made what it should is left to the caller.
    func callAsFunction(
        _ arguments: [String], _ journal: EncoderJournal, report: @escaping @Sendable () -> Void,
        supply: @escaping @Sendable (Input) async throws -> Void
    ) async throws(ExportError) {
        let status = try await status(arguments, journal, report, supply)
        guard !Task.isCancelled else { throw .interrupted }
        guard !journal.stalled else { throw .ffmpegStalled(stallLimit, lastLines: journal.lastLines) }
        guard status.isSuccess, !journal.brokenPipe else {
            throw .ffmpegFailed(status: status.phrase, lastLines: journal.lastLines)
        }
    }

    private func status(
        _ arguments: [String], _ journal: EncoderJournal, _ report: @escaping @Sendable () -> Void,
        _ supply: @escaping @Sendable (Input) async throws -> Void
    ) async throws(ExportError) -> TerminationStatus {
        var options = PlatformOptions()
        // In a group of its own a Ctrl-C on the terminal reaches us alone, and we end ffmpeg in good order.
        options.processGroupID = 0
        options.teardownSequence = Self.teardown
        do {
            return try await Subprocess.run(
                ffmpeg.executable, arguments: Arguments(arguments),
                environment: FFmpeg.environment(ffmpeg.searchPath), platformOptions: options,
                input: .inputWriter, output: .sequence, error: .sequence
            ) { execution in
                file_system_enlarge_input(execution.processIdentifier.value)
                if isGentle { Self.makeGentle(execution.processIdentifier) }
                try await attend(execution, journal, report, supply)
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
        _ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>, _ journal: EncoderJournal,
        _ report: @escaping @Sendable () -> Void, _ supply: @escaping @Sendable (Input) async throws -> Void
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
                        report()
                    }
                }
                streams.addTask { try await feed(execution, journal, supply) }
                try await streams.waitForAll()
            }
            // One that has nothing more to say may still not end.
            while !Task.isCancelled, !journal.stalled, !hasEnded(execution.processIdentifier) {
                try? await Task.sleep(for: .milliseconds(5))
            }
            group.cancelAll()
        }
    }

    /// Whether the process has ended; it is left to be waited for, unless that was done.
    private func hasEnded(_ process: ProcessIdentifier) -> Bool {
        var information = siginfo_t()
        let flags = Int32(WEXITED | WNOHANG | WNOWAIT)
        guard waitid(P_PID, id_t(process.value), &information, flags) == 0 else { return errno != EINTR }
        return information.si_signo != 0
    }

    /// Lets its input be written, and closes it.
    private func feed(
        _ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>, _ journal: EncoderJournal,
        _ supply: @escaping @Sendable (Input) async throws -> Void
    ) async throws {
        let writer = execution.standardInputWriter
        do {
            try await supply(Input(writer: writer, journal: journal))
            try await writer.finish()
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

    /// Takes the processor only when nobody else wants it. Its encoding threads come into being when it has read the
    /// first picture, which it gets after this, and are as gentle as the one that makes them.
    private static func makeGentle(_ process: ProcessIdentifier) {
        let group = id_t(process.value)
        // No less gentle than this program is: root's wish for less would be granted.
        let own = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
        _ = setpriority(__priority_which_t(PRIO_PGRP.rawValue), group, max(own, 10))
    }

    private static let teardown: [TeardownStep] = [
        .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
    ]
}
