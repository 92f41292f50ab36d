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

extension ExportBatch.Output {
    func result(_ written: WrittenOutput, _ tally: FrameFeed.Tally) -> ExportResult {
        let skipped = Set(tally.skipped.map(\.frame))
        let shown = plan.shown.filter { !skipped.contains($0.id) }
        return ExportResult(
            output: plan.output, format: plan.format, files: written.files, frames: written.frames,
            bytes: ByteCount(written.bytes), leftOut: plan.leftOut, skipped: tally.skipped, undated: tally.undated,
            video: plan.video?.resized(to: written.size), sheet: plan.content.sheet == nil ? nil : written.size,
            cameras: Set(shown.map(\.camera)).sorted(), tagged: shown.count { $0.isTagged },
            keepsDates: written.keepsDates, isDurable: written.isDurable)
    }
}
