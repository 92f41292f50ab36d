internal import Catalog
internal import Vocabulary

/// Outputs that are made in one pass over the frames.
struct ExportBatch: Sendable {
    enum Work: Sendable {
        case stream(PictureSet)
        case destination(any FrameDestination)
        case videos(VideoFile)
    }

    struct Output: Sendable {
        let job: ExportJob
        let plan: ExportPlan
        /// What makes the JPEG beside a video.
        var poster: VideoPoster?
    }

    var outputs: [Output]
    var work: Work

    init(_ output: Output, _ work: Work) { (outputs, self.work) = ([output], work) }

    var frames: [ExportCandidate] { outputs[0].plan.taken }
    var targets: [OutputTarget] { outputs.compactMap(\.job.target) }

    /// This and another one in one pass; `nil` where each needs its own.
    func joined(with other: ExportBatch) -> ExportBatch? {
        guard case .videos(let video) = work, case .videos(let another) = other.work,
            let both = video.joined(with: another)
        else { return nil }
        var batch = self
        (batch.outputs, batch.work) = (outputs + other.outputs, .videos(both))
        return batch
    }
}

/// What is to be made, or why there is nothing to make it of.
enum ExportStep: Sendable {
    case batch(ExportBatch)
    case nothing(ExportJob, ExportError)
}

extension ExportError {
    /// Whether there is nothing to show, so that of several cameras the others' outputs are made all the same.
    var isEmptiness: Bool {
        switch self {
        case .noFrames, .allLeftOut, .nothingReadable: true
        default: false
        }
    }
}

extension ExportBatch.Output {
    func result(_ written: WrittenOutput, _ tally: FrameFeed.Tally) -> ExportResult {
        let skipped = Set(tally.skipped.map(\.frame))
        let shown = plan.shown.filter { !skipped.contains($0.id) }
        return ExportResult(
            output: plan.output, format: plan.format, files: written.files, frames: written.frames,
            bytes: ByteCount(written.bytes), leftOut: plan.leftOut, skipped: tally.skipped + plan.missing,
            undated: tally.undated,
            video: plan.video?.resized(to: written.size), sheet: plan.content.sheet == nil ? nil : written.size,
            cameras: Set(shown.map(\.camera)).sorted(), tagged: shown.count { $0.isTagged },
            keepsDates: written.keepsDates, isDurable: written.isDurable)
    }
}

extension ExportResult {
    /// Of a camera that had nothing to show beside others that had.
    init(nothingFor job: ExportJob, _ error: ExportError, skipped: [SkippedFrame] = []) {
        var leftOut = LeftOutFrames()
        if case .allLeftOut(let frames) = error { leftOut = frames }
        self.init(
            output: job.request.output, format: job.format, files: 0, frames: 0, bytes: .zero, leftOut: leftOut,
            skipped: skipped, undated: 0, video: nil, sheet: nil,
            cameras: [job.request.frames.camera].compactMap(\.self), tagged: 0, keepsDates: true, isDurable: true,
            problem: error)
    }
}
