internal import Archive
internal import Catalog
internal import Vocabulary

extension Exporter {
    /// What is to be made, checked and planned, in passes over the frames.
    func batches(
        _ request: ExportRequest, _ outputs: [String], _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> [ExportBatch] {
        let drafts = try drafts(try await requests(request, outputs))
        var kit: VideoKit?
        if drafts.contains(where: \.needsFFmpeg) {
            kit = try await VideoKit(
                for: request.video, catalog: catalog, searchPath: searchPath, stallLimit: stallLimit)
        }
        var batches: [ExportBatch] = []
        for draft in drafts {
            let batch = try await batch(draft, kit, progress)
            if let joined = batches.last?.joined(with: batch) {
                batches[batches.count - 1] = joined
            } else {
                batches.append(batch)
            }
        }
        return batches
    }

    /// What is asked for output by output: of several cameras one for each, where one for all would mix them up.
    func requests(_ request: ExportRequest, _ outputs: [String]) async throws(ExportError) -> [ExportRequest] {
        try request.checkOptions(for: outputs)
        var requests: [ExportRequest] = []
        var names = CameraOutputs()
        var known: [CameraName]?
        for output in outputs {
            var request = request
            request.output = output
            let format = try request.checkedFormat()
            let isAsked = CameraOutputs.isAsked(by: output)
            guard isAsked || format.mixesCameras && request.frames.camera == nil && !request.isSideBySide else {
                requests.append(request)
                continue
            }
            let cameras: [CameraName]
            if let known { cameras = known } else { cameras = try await self.cameras(of: request.frames) }
            known = cameras
            if cameras.isEmpty { throw .noFrames }
            for camera in cameras {
                var own = request
                own.frames.camera = camera
                if isAsked || cameras.count > 1 { own.output = names.path(for: output, of: camera) }
                requests.append(own)
            }
        }
        return requests
    }

    /// The cameras that have frames among those of a query which are not excluded; if none has, those that have any.
    private func cameras(of query: FrameQuery) async throws(ExportError) -> [CameraName] {
        if let camera = query.camera { return [camera] }
        var (taken, any): ([CameraName], [CameraName]) = ([], [])
        try await ExportError.wrapping {
            for camera in try await catalog.cameraNames() {
                var one = query
                (one.camera, one.limit) = (camera, 1)
                guard try await !catalog.frames(one).isEmpty else { continue }
                any.append(camera)
                one.excluded = false
                if try await !catalog.frames(one).isEmpty { taken.append(camera) }
            }
        }
        return taken.isEmpty ? any : taken
    }

    /// An output of which only the name is known to be good.
    private struct Draft {
        let request: ExportRequest
        let format: ExportFormat
        let target: OutputTarget?
        var poster: OutputTarget?

        var needsFFmpeg: Bool { format.isVideo && !isOurs || poster != nil }
        /// Whether it is a video that we write ourselves.
        var isOurs: Bool { format == .mkv && request.video.isLossless }
    }

    private func drafts(_ requests: [ExportRequest]) throws(ExportError) -> [Draft] {
        var drafts: [Draft] = []
        for request in requests {
            let output = request.output
            let format = try request.checkedFormat()
            let isStream = output == ExportRequest.standardOutput
            let target: OutputTarget? =
                isStream
                ? nil : try OutputTarget(output, kind: format == .folder ? .folder : .file, replaces: request.force)
            let others = drafts.flatMap { [$0.target, $0.poster] }.compactMap { $0 }
            if isStream, requests.count > 1 { throw .notStreamed(format) }
            if let target, others.contains(where: target.isSame) { throw .outputTwice(output) }
            var draft = Draft(request: request, format: format, target: target)
            if request.video.hasPoster, format.isVideo {
                let path = VideoPoster.path(beside: output, format)
                let poster = try OutputTarget(path, kind: .file, replaces: request.force)
                // One for print.mp4 and print.webm.
                if !drafts.contains(where: { $0.poster.map(poster.isSame) == true }) { draft.poster = poster }
                if drafts.contains(where: { $0.target.map(poster.isSame) == true }) { throw .outputTwice(path) }
            }
            drafts.append(draft)
        }
        return drafts
    }

    private func batch(
        _ draft: Draft, _ kit: VideoKit?, _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> ExportBatch {
        let (request, format) = (draft.request, draft.format)
        let planned = try await planned(format, request, progress)
        var job = ExportJob(request: request, format: format, target: draft.target, planned: planned)
        if let sheet = planned.sheet {
            try draft.target?.requireRoom(for: sheet.destination.leastBytes(of: planned.frames))
            return ExportBatch(jobs: [job], work: .destination(sheet.destination))
        }
        guard let plan = planned.video else {
            try await checkNames(of: planned.frames, request)
            let pictures = PictureSet(request, as: format)
            try draft.target?.requireRoom(for: pictures.leastBytes(of: planned.frames))
            return ExportBatch(jobs: [job], work: draft.target == nil ? .stream(pictures) : .destination(pictures))
        }
        let details = try await details(planned, plan, request)
        if let target = draft.poster, let kit {
            job.poster = ExportJob.Poster(
                target: target, frames: VideoPoster.frames(of: plan.timeline),
                destination: VideoPoster(kit: kit, looks: request.video.looks, source: plan.source, details: details))
        }
        if draft.isOurs {
            let video = try MatroskaFile(request.video, plan, details)
            try draft.target?.requireRoom(for: video.leastBytes(of: planned.frames))
            return ExportBatch(jobs: [job], work: .destination(video))
        }
        guard let kit else { throw .ffmpegMissing }
        let video = try VideoFile(kit, request.video, plan, details, format, path: request.output)
        try draft.target?.requireRoom(for: video.leastBytes(of: planned.frames))
        return ExportBatch(jobs: [job], work: .videos(video))
    }

    func details(
        _ planned: Planned, _ plan: VideoPlan, _ request: ExportRequest
    ) async throws(ExportError) -> VideoDetails {
        let frames = plan.timeline.shown
        var prints: [String] = []
        try await ExportError.wrapping {
            for print in Set(frames.compactMap(\.print)).sorted().prefix(5) {
                if let name = try await catalog.print(print)?.name { prints.append(name) }
            }
        }
        return VideoDetails(
            cameras: Set(planned.shown.map(\.camera)).sorted(), prints: prints, span: planned.span,
            frames: frames.count,
            version: request.video.version, givenTitle: request.video.labels.title)
    }
}
