internal import Archive
internal import Catalog
internal import Vocabulary

extension Exporter {
    /// What is to be made, checked and planned, in passes over the frames.
    func steps(
        _ request: ExportRequest, _ outputs: [String], _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> [ExportStep] {
        let jobs = try [ExportJob](writing: try await requests(request, outputs))
        var kit: VideoKit?
        if jobs.contains(where: \.needsFFmpeg) {
            kit = try await VideoKit(
                for: request.video, catalog: catalog, searchPath: searchPath, stallLimit: stallLimit)
        }
        var steps: [ExportStep] = []
        for job in jobs {
            do throws(ExportError) {
                let batch = try await batch(job, kit, progress)
                if case .batch(let last) = steps.last, let joined = last.joined(with: batch) {
                    steps[steps.count - 1] = .batch(joined)
                } else {
                    steps.append(.batch(batch))
                }
            } catch  where error.isEmptiness && job.isOfOneCamera(among: request) {
                steps.append(.nothing(job, error))
            }
        }
        return steps
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

    private func batch(
        _ job: ExportJob, _ kit: VideoKit?, _ progress: @escaping ExportProgressReport
    ) async throws(ExportError) -> ExportBatch {
        let request = job.request
        let plan = try await plan(job, progress)
        func requireRoom(for destination: any FrameDestination) throws(ExportError) {
            try job.target?.requireRoom(for: destination.leastBytes(of: plan.taken))
        }
        var output = ExportBatch.Output(job: job, plan: plan)
        switch plan.content {
        case .sheet(let sheet):
            try requireRoom(for: sheet.destination)
            return ExportBatch(output, .destination(sheet.destination))
        case .pictures(let packing):
            try await checkNames(of: plan.taken, request)
            let pictures = PictureSet(request, in: packing)
            try requireRoom(for: pictures)
            return ExportBatch(output, job.target == nil ? .stream(pictures) : .destination(pictures))
        case .video(let video):
            let details = try await details(plan, video, request)
            if job.poster != nil, let kit {
                output.poster = VideoPoster(
                    kit: kit, looks: request.video.looks, source: video.source, details: details)
            }
            if job.isOurs {
                let file = try MatroskaFile(request.video, video, details)
                try requireRoom(for: file)
                return ExportBatch(output, .destination(file))
            }
            guard let kit else { throw .ffmpegMissing }
            let file = try VideoFile(kit, request.video, video, details, job.format, path: request.output)
            try requireRoom(for: file)
            return ExportBatch(output, .videos(file))
        }
    }

    func details(
        _ plan: ExportPlan, _ video: VideoPlan, _ request: ExportRequest
    ) async throws(ExportError) -> VideoDetails {
        let frames = video.timeline.shown
        var prints: [String] = []
        try await ExportError.wrapping {
            for print in Set(frames.compactMap(\.print)).sorted().prefix(5) {
                if let name = try await catalog.print(print)?.name { prints.append(name) }
            }
        }
        return VideoDetails(
            cameras: Set(plan.shown.map(\.camera)).sorted(), prints: prints, span: plan.span,
            frames: frames.count,
            version: request.video.version, givenTitle: request.video.labels.title)
    }
}
