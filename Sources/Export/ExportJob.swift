internal import Vocabulary

/// One output of an export, decided.
struct ExportJob: Sendable {
    let request: ExportRequest
    let format: ExportFormat
    /// `nil` for standard output.
    let target: OutputTarget?
    let planned: Exporter.Planned
    var poster: Poster?

    /// A JPEG beside a video.
    struct Poster: Sendable {
        let target: OutputTarget
        let frames: [ExportCandidate]
        let destination: VideoPoster
    }

    func result(_ written: WrittenOutput, _ tally: FrameFeed.Tally) -> ExportResult {
        let skipped = Set(tally.skipped.map(\.frame))
        let shown = planned.shown.filter { !skipped.contains($0.id) }
        return ExportResult(
            output: request.output, format: format, files: written.files, frames: written.frames,
            bytes: ByteCount(written.bytes), leftOut: planned.leftOut, skipped: tally.skipped, undated: tally.undated,
            video: planned.video?.resized(to: written.size), sheet: format == .sheet ? written.size : nil,
            cameras: Set(shown.map(\.camera)).sorted(), tagged: shown.count { $0.isTagged },
            keepsDates: written.keepsDates, isDurable: written.isDurable)
    }
}

/// Outputs that are made in one pass over the frames.
struct ExportBatch: Sendable {
    enum Work: Sendable {
        case stream(PictureSet)
        case destination(any FrameDestination)
        case videos(VideoFile)
    }

    var jobs: [ExportJob]
    var work: Work

    var frames: [ExportCandidate] { jobs[0].planned.frames }
    var targets: [OutputTarget] { jobs.compactMap(\.target) }

    /// This and another one in one pass; `nil` where each needs its own.
    func joined(with other: ExportBatch) -> ExportBatch? {
        guard case .videos(let video) = work, case .videos(let another) = other.work,
            let both = video.joined(with: another)
        else { return nil }
        return ExportBatch(jobs: jobs + other.jobs, work: .videos(both))
    }
}
