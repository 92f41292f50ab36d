package import Catalog
internal import Glibc
internal import Vocabulary

/// Exports archived frames into pictures, a video or a sheet that is whole or absent under its name.
///
/// It reads through the catalog, in short reads, and never holds up a capture. The process is to ignore `SIGPIPE`: an
/// ffmpeg that dies early must end an export with its reason and not the program.
package struct Exporter: Sendable {
    let catalog: Catalog
    let searchPath: String?
    let stallLimit: Duration
    private let standardOutput: Int32
    /// So many frames are encoded to plan a video, and not as many as a few seconds allow.
    var trialFrames: Int?

    /// - Parameters:
    ///   - searchPath: the folders in which ffmpeg is looked for, separated by colons; `nil`: those of `PATH`. Only
    ///     videos need it.
    ///   - stallLimit: how long ffmpeg may do nothing before it is ended.
    ///   - standardOutput: the descriptor that the output `-` stands for.
    package init(
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
    package func export(
        _ request: ExportRequest, progress: @escaping ExportProgressReport = { _ in }
    ) async throws(ExportError) -> ExportResult {
        try await export(request, to: [request.output], progress: progress)[0]
    }

    /// Exports what a request asks for to several outputs, one or more, in their order.
    ///
    /// All of them are checked and planned before the first is written. Videos that encode the same frames are made in
    /// one pass, the others one after another; when one fails, those before it are there. Where each camera has an output, one that
    /// has nothing to show has a result that says so, and the others' are made; only if all have nothing is it an error.
    package func export(
        _ request: ExportRequest, to outputs: [String], progress: @escaping ExportProgressReport = { _ in }
    ) async throws(ExportError) -> [ExportResult] {
        var results: [ExportResult] = []
        for step in try await steps(request, outputs, progress) {
            switch step {
            case .nothing(let job, let error): results.append(ExportResult(nothingFor: job, error))
            case .batch(let batch):
                let feed = FrameFeed(catalog, batch.frames)
                do throws(ExportError) {
                    results += try await run(batch, feed, progress)
                } catch  where error.isEmptiness && batch.outputs.allSatisfy({ $0.job.isOfOneCamera(among: request) }) {
                    let skipped = feed.tally.skipped
                    results += batch.outputs.map { ExportResult(nothingFor: $0.job, error, skipped: skipped) }
                }
            }
        }
        if let problem = results.first?.problem, results.allSatisfy({ $0.problem != nil }) {
            guard case .nothingReadable = problem else { throw problem }
            // Of all cameras together, each of which may have several outputs.
            let counts = results.map { result -> ([CameraName], Int) in
                guard case .nothingReadable(let count)? = result.problem else { return (result.cameras, 0) }
                return (result.cameras, count)
            }
            throw .nothingReadable(Dictionary(counts, uniquingKeysWith: max).values.reduce(0, +))
        }
        return results
    }

    private func run(
        _ batch: ExportBatch, _ feed: FrameFeed, _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> [ExportResult] {
        var results: [ExportResult] = []
        switch batch.work {
        case .stream(let pictures):
            let written = try await pictures.write(feed, to: stream(), progress: progress)
            return [batch.outputs[0].result(written, feed.tally)]
        case .destination(let destination):
            let written = try await write(feed, to: batch.targets, progress) { partials throws(ExportError) in
                [try await destination.write(feed, into: partials[0], progress: progress)]
            }
            results = zip(batch.outputs, written).map { $0.result($1, feed.tally) }
        case .videos(let video):
            let written = try await write(feed, to: batch.targets, progress) { partials throws(ExportError) in
                try await video.write(feed, into: partials, progress: progress)
            }
            results = zip(batch.outputs, written).map { $0.result($1, feed.tally) }
        }
        for (place, output) in batch.outputs.enumerated() {
            results[place].poster = try await makePoster(of: output)
        }
        return results
    }

    /// - Returns: its path; `nil` where none was asked for.
    private func makePoster(of output: ExportBatch.Output) async throws(ExportError) -> String? {
        guard let poster = output.poster, let target = output.job.poster, let video = output.plan.video else {
            return nil
        }
        let feed = FrameFeed(catalog, VideoPoster.frames(of: video.timeline))
        let ignored: ExportProgressReport = { _ in }
        _ = try await write(feed, to: [target], ignored) { partials throws(ExportError) in
            [try await poster.write(feed, into: partials[0], progress: ignored)]
        }
        return target.path
    }

    /// Lets partial outputs be written, and gives them their names when all of them are whole.
    private func write(
        _ feed: FrameFeed, to targets: [OutputTarget], _ progress: @escaping ExportProgressReport,
        _ body: ([PartialOutput]) async throws(ExportError) -> [WrittenOutput]
    ) async throws(ExportError) -> [WrittenOutput] {
        var partials: [PartialOutput] = []
        do throws(ExportError) {
            for target in targets { partials.append(try PartialOutput(for: target)) }
            progress(feed.progress())
            let written = try await body(partials)
            guard written.allSatisfy({ $0.frames > 0 }) else { throw .nothingReadable(feed.tally.skipped.count) }
            progress(feed.progress())
            guard !Task.isCancelled else { throw .interrupted }
            return try zip(partials, written).map { partial, written throws(ExportError) in
                var written = written
                written.isDurable = try partial.commit()
                return written
            }
        } catch {
            for partial in partials { partial.discard() }
            throw error
        }
    }

    private func stream() throws(ExportError) -> OutputFile {
        let path = "standard output"
        return OutputFile(try OpenFile(fcntl(standardOutput, F_DUPFD_CLOEXEC, 0), call: "open", path: path), path: path)
    }

    /// Gives every picture its name once before anything is written, so that two of the same name cost nothing.
    ///
    /// Records are read for it only where names have something of the pictures' digests, of which there may be millions.
    func checkNames(of frames: [ExportCandidate], _ request: ExportRequest) async throws(ExportError) {
        guard let template = request.names else { return }
        var names = PictureNames(template: template, timeZone: request.timeZone)
        if template.hasDigest {
            try await FrameFeed(catalog, frames).forEachFrame { frame, number in
                _ = try names.name(of: NamedFrame(frame), number: number)
            }
        } else {
            for (place, frame) in frames.enumerated() {
                _ = try names.name(of: NamedFrame(frame), number: place + 1)
            }
        }
    }
}
