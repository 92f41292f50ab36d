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
            let job = try ExportJob(request)
            var plan = try await plan(job, progress)
            plan.bytes = try await size(of: plan, job, sizing)
            plans.append(plan)
        }
        return plans
    }

    /// Of a video that is to be encoded by encoding a part of it, where there is what does it.
    private func size(
        of plan: ExportPlan, _ job: ExportJob, _ sizing: SizeEstimation
    ) async throws(ExportError) -> ByteCount? {
        let request = job.request
        let estimate = FileSizeEstimate(plan, request.video).bytes
        guard sizing == .tried, let video = plan.video, !request.video.isLossless else { return estimate }
        let kit: VideoKit
        do throws(ExportError) {
            kit = try await VideoKit(
                for: request.video, catalog: catalog, searchPath: searchPath, stallLimit: stallLimit)
        } catch .ffmpegMissing, .ffmpegTooOld, .ffmpegLacksEncoder {
            return estimate
        }
        let details = try await details(plan, video, request)
        return try await VideoFile(kit, request.video, video, details, job.format, path: request.output)
            .estimatedSize(of: catalog, trialFrames: trialFrames)
    }

    func plan(
        _ job: ExportJob, _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> ExportPlan {
        let (request, format) = (job.request, job.format)
        let selection = request.selection
        try selection.check()
        if format.isVideo { try request.pace.check(request.timing) }
        var survey = try await survey(request.frames)
        survey.sieve(as: selection, showing: format)
        guard survey.frames > 0 else {
            guard survey.missing.isEmpty else { throw .nothingReadable(survey.missing.count) }
            throw survey.leftOut.count > 0 ? .allLeftOut(survey.leftOut) : .noFrames
        }
        let thinning = FrameThinning(selection: selection, catalog: catalog, progress: progress)
        func pictures(_ packing: PicturePacking) async throws(ExportError) -> ExportPlan {
            try ExportPlan(job, survey, taken: try await thinning.taken(of: survey.candidates), .pictures(packing))
        }
        switch format {
        case .folder: return try await pictures(.folder)
        case .zip: return try await pictures(.zip)
        case .tar: return try await pictures(.tar)
        case .mp4, .mkv, .webm, .avi, .gif, .webp:
            guard request.isSideBySide else {
                let video = try await videoPlan(request, format, survey, thinning).adapted(to: format, request.video)
                return try ExportPlan(job, survey, taken: video.timeline.frames, .video(video))
            }
            let scene = try await scene(request, survey)
            var video = try await videoPlan(request, format, FrameSurvey(scene.moments), thinning)
            video.sideBySide = scene.video(video.timeline)
            video = try video.adapted(to: format, request.video)
            let shared = scene.video(video.timeline)
            video.sideBySide = shared
            return try ExportPlan(job, survey, taken: shared.frames, .video(video))
        case .sheet:
            let sheet = try await SheetPlan(request, survey, thinning, catalog: catalog)
            return try ExportPlan(job, survey, taken: sheet.frames, .sheet(sheet))
        }
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
        var (standstills, interruptions): ([Standstill], [Standstill]) = ([], [])
        if let limit = timing.squeeze {
            standstills = Standstill.found(
                in: survey.candidates, gaps: try await gaps(of: survey), longerThan: limit)
        } else if !request.isSideBySide, survey.cameras.count == 1 {
            interruptions = Standstill.interruptions(in: survey.candidates, silences: try await silences(of: survey))
        }
        return try VideoPlan(
            taken, pace: pace, timing: timing, standstills: standstills, interruptions: interruptions,
            usualRate: format.usualRate)
    }

    /// The slot ledger's holes in the frames' time, of the cameras that took them.
    private func gaps(of survey: FrameSurvey) async throws(ExportError) -> [LedgerRun] {
        guard let span = survey.span else { return [] }
        return try await runs(within: span, of: survey.cameras, SlotOutcome.gaps)
    }

    /// Its runs in which the camera showed nothing new, where frames of a print lie so far apart that it may have stood still.
    private func silences(of survey: FrameSurvey) async throws(ExportError) -> [LedgerRun] {
        guard let span = Standstill.possibleSilence(in: survey.candidates) else { return [] }
        return try await runs(within: span, of: survey.cameras, [.unchanged, .noPicture])
    }

    private func runs(
        within span: ClosedRange<Timestamp>, of cameras: Set<CameraName>, _ outcomes: Set<SlotOutcome>
    ) async throws(ExportError) -> [LedgerRun] {
        let query = TimelineQuery(since: span.lowerBound, until: span.upperBound, outcomes: outcomes)
        var runs: [LedgerRun] = []
        try await ExportError.wrapping {
            try await catalog.forEachRun(query) { run in
                if cameras.contains(run.camera) { runs.append(run) }
            }
        }
        return runs
    }

    /// The frames of a query, those apart that the owner excluded from exports.
    private func survey(_ query: FrameQuery) async throws(ExportError) -> FrameSurvey {
        var query = query
        // So many of those that are not excluded, where there is a limit.
        query.excluded = query.limit == nil ? nil : false
        var survey = FrameSurvey()
        try await ExportError.wrapping {
            try await catalog.forEachFrame(query) { survey.count($0) }
            survey.leaveOut(try await framesElsewhere(among: survey.candidates))
        }
        return survey
    }

    /// The frames whose pictures are with their machine alone.
    private func framesElsewhere(among candidates: [ExportCandidate]) async throws -> [FrameID: String] {
        let machines = try await catalog.followedMachines()
        guard !machines.isEmpty else { return [:] }
        let cameras = Set(machines.flatMap(\.cameras))
        let others = candidates.filter { cameras.contains($0.camera.text) }
        return try await catalog.machines(keeping: others.map(\.id)).mapValues {
            ArchiveError.elsewhere(path: catalog.path, machine: $0).description
        }
    }
}
