internal import Archive
internal import Deduplication
internal import NIOCore
internal import Storage
internal import Validation
internal import Vocabulary

/// Takes sound pictures in, in the order of their times: compares each with the camera's frame before it, and stores a few at
/// a time.
struct PictureIntake {
    private(set) var report: ImportReport
    /// How many pictures were dealt with.
    private(set) var taken = 0

    private let archive: FrameArchive?
    private let isDryRun: Bool
    private let deduplicator = Deduplicator()
    private let validator: FrameValidator
    /// Cameras that have frames among those to come: the one before a picture is looked for each time.
    private var occupied: Set<CameraName> = []
    /// Each camera's frame before the next picture.
    private var last: [CameraName: LastKept] = [:]
    private var cameras: [CameraName: JudgedCamera] = [:]
    private var begun: Set<CameraName> = []
    private var group: [ImportedPicture] = []
    private var groupBytes = ByteCount.zero
    private var step = CareStep(4...128)
    /// The step that is on its way into the archive while more pictures are read and judged.
    private var storing: Storing?
    /// By camera.
    private var alternations: [CameraName: Alternation] = [:]

    /// As much as one transaction writes, whatever the number of pictures.
    private static let groupLimit = ByteCount(4 << 20)

    init(archive: FrameArchive?, settings: ImportSettings, report: ImportReport) {
        (self.archive, isDryRun, self.report) = (archive, settings.isDryRun, report)
        validator = FrameValidator(limits: settings.limits)
    }

    /// The cameras that have frames in the time of a plan's pictures.
    mutating func occupiedCameras(of plan: ImportPlan) throws(ArchiveError) -> Set<CameraName> {
        guard let archive else { return [] }
        for (camera, range) in plan.ranges where try archive.hasFrames(of: camera, in: range) {
            occupied.insert(camera)
        }
        return occupied
    }

    mutating func take(_ picture: ReadPicture) async throws(ArchiveError) {
        taken += 1
        switch picture {
        case .refused(let refused): report.refused.add(refused)
        case .known: report.known += 1
        case .decoded(let picture):
            try judge(picture)
            if group.count >= step.size || groupBytes >= Self.groupLimit { try await store() }
        }
    }

    /// Stores what is left.
    mutating func finish() async throws(ArchiveError) {
        for camera in cameras.values {
            for held in camera.held { report.refused.add(RefusedPicture(held.held.place, held.rejection)) }
        }
        try await store()
        try await settle()
        report.alternating = alternations.sorted { $0.key < $1.key }.compactMap { AlternatingCamera($0.key, $0.value) }
    }

    /// Judges a picture by those of its camera before it.
    private mutating func judge(_ picture: JudgedCamera.Held) throws(ArchiveError) {
        let camera = picture.origin.camera
        let judgements = cameras[camera, default: JudgedCamera()].judge(picture)
        for (picture, judgement) in judgements {
            switch judgement {
            case .success(let frame):
                if frame.suspicion != nil { report.suspect += 1 }
                alternations[camera, default: Alternation()].visit(frame.size, frame.luma)
                try compare(frame, picture.sha256)
            case .failure(let rejection): report.refused.add(RefusedPicture(picture.place, rejection))
            }
        }
    }

    private mutating func compare(_ frame: ValidFrame, _ sha256: SHA256Digest) throws(ArchiveError) {
        let origin = frame.origin
        let size = ByteCount(frame.bytes.readableBytes)
        switch deduplicator.examine(frame, sha256: sha256, against: try frameBefore(origin)) {
        case .repeats: group.append(.repeats(sha256, camera: origin.camera, at: origin.receivedAt))
        case .novel(let novel):
            group.append(.novel(novel))
            groupBytes += size
            // It has no number yet, and none is asked for.
            last[origin.camera] = LastKept(
                frame: FrameID(0), sha256: sha256, capturedAt: origin.receivedAt, luma: frame.luma)
        }
    }

    /// The camera's frame before a picture: the last that came by, unless the archive has one between.
    private mutating func frameBefore(_ origin: SnapshotOrigin) throws(ArchiveError) -> LastKept? {
        let (camera, instant) = (origin.camera, origin.receivedAt)
        let isFirst = begun.insert(camera).inserted
        guard let archive, isFirst || occupied.contains(camera),
            let kept = try archive.lastKept(of: camera, by: instant)
        else { return last[camera] }
        if let last = last[camera], last.capturedAt >= kept.capturedAt { return last }
        last[camera] = LastKept(
            frame: kept.frame, sha256: kept.sha256, capturedAt: kept.capturedAt, luma: luma(of: kept, archive))
        return last[camera]
    }

    /// The luma of a frame's picture, which is not stored; `nil` where the picture is damaged, and nothing can be compared.
    private func luma(of kept: LastKept, _ archive: FrameArchive) -> LumaPicture? {
        guard let bytes = try? archive.picture(of: kept.frame) else { return nil }
        return try? validator.examine(bytes, withEdges: false).luma
    }

    /// Begins to store the group, once the one before it is stored.
    private mutating func store() async throws(ArchiveError) {
        try await settle()
        guard !group.isEmpty else { return }
        let pictures = group
        group.removeAll(keepingCapacity: true)
        groupBytes = .zero
        if let archive, !isDryRun {
            storing = Storing(pictures, in: archive)
        } else {
            for picture in pictures { report.count(picture, try archive?.foresee(picture) ?? picture.novelOutcome) }
        }
    }

    /// Waits until nothing is on its way into the archive. To be called before the archive is closed, however the import ends.
    mutating func settle() async throws(ArchiveError) {
        guard let storing else { return }
        self.storing = nil
        let (outcomes, time) = try await storing.task.value.get()
        step.measured(storing.pictures.count, took: time)
        for (picture, outcome) in zip(storing.pictures, outcomes) { report.count(picture, outcome) }
    }

    private struct Storing {
        let pictures: [ImportedPicture]
        let task: Task<Result<(outcomes: [ImportOutcome], time: StepTime), ArchiveError>, Never>

        init(_ pictures: [ImportedPicture], in archive: FrameArchive) {
            self.pictures = pictures
            task = Task {
                do throws(ArchiveError) { return .success(try await archive.takeStep(pictures)) } catch {
                    return .failure(error)
                }
            }
        }
    }
}

extension ImportedPicture {
    /// What becomes of it in an archive that knows nothing.
    fileprivate var novelOutcome: ImportOutcome {
        switch self {
        case .novel: .stored
        case .repeats: .repeated
        }
    }
}

extension ImportReport {
    fileprivate mutating func count(_ picture: ImportedPicture, _ outcome: ImportOutcome) {
        switch outcome {
        case .stored:
            stored += 1
            if case .novel(let novel) = picture { bytesStored += ByteCount(novel.frame.bytes.readableBytes) }
        case .repeated: repeated += 1
        case .known: known += 1
        }
    }
}
