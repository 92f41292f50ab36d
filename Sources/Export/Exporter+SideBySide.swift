internal import Vocabulary

extension Exporter {
    /// Several cameras' frames, and how they stand in one picture.
    struct SharedScene {
        let scene: SideBySide
        let layout: SideBySideLayout
        let shape: PictureShape
        let clock: SheetClock
        /// With the size of the picture that they share.
        let moments: [ExportCandidate]

        func video(_ timeline: VideoTimeline) -> SideBySideVideo {
            SideBySideVideo(scene, layout, shape, clock, timeline)
        }
    }

    /// So many frames of each camera tell how its pictures are shaped.
    private static let sample = 16

    /// - Throws: ``ExportError/unusableVideo(_:hint:)`` where there is one camera, or what is asked for is for one.
    func scene(_ request: ExportRequest, _ survey: FrameSurvey) async throws(ExportError) -> SharedScene {
        let cameras = survey.cameras
        guard cameras.count > 1, let span = survey.span else {
            throw .unusableVideo(
                "there is one camera here, and nothing beside it", hint: "Leave out “side-by-side”, or “camera”.")
        }
        let looks = request.video.looks
        let refused: [(Bool, ExportOption)] = [
            (request.selection.isSteady, ExportOption.steady), (looks.isLevelled, .deflicker),
            (looks.fit != .pad, .fit),
            (request.video.hasPoster, .poster),
        ]
        if let option = refused.first(where: \.0)?.1 {
            throw .unusableVideo(
                "“\(option.rawValue)” is for the pictures of one camera", hint: "Leave it out, or “side-by-side”.")
        }
        let shape = PictureShape(looks)
        var sizes: [PixelSize: Int] = [:]
        for camera in cameras {
            let frames = survey.candidates.filter { $0.camera == camera }
            let some = EvenChoice.places(of: Self.sample, in: FrameTimes(frames).elapsed).map { frames[$0] }
            guard let size = try await catalog.standing(some).sizes.mostFrequent else { continue }
            sizes[try shape.size(of: size), default: 0] += 1
        }
        guard let picture = sizes.mostFrequent else { throw .noFrames }
        let scene = SideBySide(survey.candidates)
        let layout = SideBySideLayout(of: cameras.count, picture: picture)
        var moments = scene.moments
        for place in moments.indices { moments[place].size = layout.size }
        return SharedScene(
            scene: scene, layout: layout, shape: shape,
            clock: SheetClock(span: span, timeZone: request.video.labels.timeZone), moments: moments)
    }
}
