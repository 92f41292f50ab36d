internal import Archive
internal import Catalog
internal import Vocabulary

extension Exporter {
    /// What an export would put into its output; nothing is written, and ffmpeg need not be there.
    ///
    /// A steady choice looks at the pictures, and takes its time for it.
    ///
    /// - Throws: what ``export(_:progress:)`` would throw before it begins to write, but for the output's name.
    package func plan(
        _ request: ExportRequest, sizing: SizeEstimation = .tried, progress: @escaping ExportProgressReport = { _ in }
    ) async throws(ExportError) -> ExportPlan {
        try await plan(request, to: [request.output], sizing: sizing, progress: progress)[0]
    }

    /// The same for several outputs, and for each camera's where there is one for each.
    package func plan(
        _ request: ExportRequest, to outputs: [String], sizing: SizeEstimation = .tried,
        progress: @escaping ExportProgressReport = { _ in }
    ) async throws(ExportError) -> [ExportPlan] {
        var plans: [ExportPlan] = []
        for request in try await requests(request, outputs) {
            plans.append(try await planOne(request, sizing, progress))
        }
        return plans
    }

    private func planOne(
        _ request: ExportRequest, _ sizing: SizeEstimation, _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> ExportPlan {
        let format = try request.checkedFormat()
        let planned = try await planned(format, request, progress)
        guard let first = planned.shown.first, let last = planned.shown.last else { throw .noFrames }
        return ExportPlan(
            output: request.output, format: format, frames: planned.shown.count, first: PlannedFrame(first),
            last: PlannedFrame(last), leftOut: planned.leftOut, video: planned.video, size: planned.size,
            bytes: try await size(of: planned, format, request, sizing))
    }

    /// Of a video that is to be encoded by encoding a part of it, where there is what does it.
    private func size(
        of planned: Planned, _ format: ExportFormat, _ request: ExportRequest, _ sizing: SizeEstimation
    ) async throws(ExportError) -> ByteCount? {
        let estimate = FileSizeEstimate(format, planned, request.video).bytes
        guard sizing == .tried, let plan = planned.video, !request.video.isLossless else { return estimate }
        let kit: VideoKit
        do throws(ExportError) {
            kit = try await VideoKit(
                for: request.video, catalog: catalog, searchPath: searchPath, stallLimit: stallLimit)
        } catch .ffmpegMissing, .ffmpegTooOld, .ffmpegLacksEncoder {
            return estimate
        }
        let details = try await details(planned, plan, request)
        return try await VideoFile(kit, request.video, plan, details, format, path: request.output)
            .estimatedSize(of: catalog, trialFrames: trialFrames)
    }

    /// What is decided before the first picture is written.
    struct Planned {
        /// Frames in the output's order; one that is shown for several frames' time several times.
        let frames: [ExportCandidate]
        let leftOut: LeftOutFrames
        /// When the first and the last frame that could be chosen were captured.
        let span: ClosedRange<Timestamp>
        var video: VideoPlan?
        var sheet: SheetPlan?

        var shown: [ExportCandidate] { video?.sideBySide?.frames ?? video?.timeline.shown ?? frames }
        var size: PixelSize? { video?.size ?? sheet?.size }
    }

    func planned(
        _ format: ExportFormat, _ request: ExportRequest, _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> Planned {
        let selection = request.selection
        try selection.check()
        if format.isVideo { try request.pace.check(request.timing) }
        var survey = try await survey(request.frames)
        survey.sieve(as: selection, showing: format)
        guard let span = survey.span else {
            throw survey.leftOut.count > 0 ? .allLeftOut(survey.leftOut) : .noFrames
        }
        let thinning = FrameThinning(selection: selection, catalog: catalog, progress: progress)
        var (frames, video, sheet): ([ExportCandidate], VideoPlan?, SheetPlan?) = ([], nil, nil)
        switch format {
        case .folder, .zip, .tar:
            frames = try await thinning.taken(of: survey.candidates)
        case .mp4, .mkv, .webm, .avi, .gif, .webp:
            if request.isSideBySide {
                let scene = try await scene(request, survey)
                let moments = FrameSurvey(scene.moments)
                var plan = try await videoPlan(request, format, moments, thinning)
                plan.sideBySide = scene.video(plan.timeline)
                plan = try plan.adapted(to: format, request.video)
                plan.sideBySide = scene.video(plan.timeline)
                (frames, video) = (plan.sideBySide?.frames ?? [], plan)
            } else {
                let plan = try await videoPlan(request, format, survey, thinning).adapted(to: format, request.video)
                (frames, video) = (plan.timeline.frames, plan)
            }
        case .sheet:
            let plan = try await SheetPlan(request, survey, thinning, catalog: catalog)
            (frames, sheet) = (plan.frames, plan)
        }
        var leftOut = survey.leftOut
        let shown = video?.sideBySide.map { Set($0.frames).count } ?? (video?.timeline.shown ?? frames).count
        leftOut.thinned = survey.frames - shown
        return Planned(frames: frames, leftOut: leftOut, span: span, video: video, sheet: sheet)
    }

    private func videoPlan(
        _ request: ExportRequest, _ format: ExportFormat, _ survey: FrameSurvey, _ thinning: FrameThinning
    ) async throws(ExportError) -> VideoPlan {
        let (pace, timing) = (request.pace, request.timing)
        // An animation shows all frames that were asked for, and as many as move well where only its length was.
        let fastest =
            format.isAnimation
            ? request.selection.most == nil ? format.usualRate : Int(FrameRate.fastestOfAnimations.framesPerSecond)
            : FrameRate.fastest
        // A steady choice leaves itself a few frames a step, at the usual rate if it can.
        let steadyMost = pace.mostFrames(timing, at: 30).map { min($0, max(1, survey.frames / 4)) }
        var taken = try await thinning.taken(
            of: survey.candidates, atMost: pace.mostFrames(timing, at: fastest), steadyMost: steadyMost)
        if !request.video.isLossless, !request.isSideBySide { taken = try await catalog.standing(taken) }
        var standstills: [Standstill] = []
        if let limit = timing.squeeze {
            standstills = Standstill.found(
                in: survey.candidates, gaps: try await gaps(of: survey), longerThan: limit)
        }
        return try VideoPlan(
            taken, pace: pace, timing: timing, standstills: standstills, usualRate: format.usualRate)
    }

    /// The slot ledger's holes in the frames' time, of the cameras that took them.
    private func gaps(of survey: FrameSurvey) async throws(ExportError) -> [LedgerRun] {
        guard let span = survey.span else { return [] }
        let query = TimelineQuery(since: span.lowerBound, until: span.upperBound, outcomes: SlotOutcome.gaps)
        let cameras = survey.cameras
        var gaps: [LedgerRun] = []
        try await ExportError.wrapping {
            try await catalog.forEachRun(query) { run in
                if cameras.contains(run.camera) { gaps.append(run) }
            }
        }
        return gaps
    }

    /// The frames of a query, those apart that the owner excluded from exports.
    private func survey(_ query: FrameQuery) async throws(ExportError) -> FrameSurvey {
        var query = query
        // So many of those that are not excluded, where there is a limit.
        query.excluded = query.limit == nil ? nil : false
        var survey = FrameSurvey()
        try await ExportError.wrapping { try await catalog.forEachFrame(query) { survey.count($0) } }
        return survey
    }
}
