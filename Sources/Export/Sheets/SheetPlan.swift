internal import Catalog
internal import Vocabulary

/// Which frames a sheet takes, and what paints it.
struct SheetPlan: Sendable {
    let frames: [ExportCandidate]
    let destination: any FrameDestination
    /// Of the sheet in pixels, where it does not follow from what the pictures show.
    let size: PixelSize?

    /// - Throws: ``ExportError/unusableSheet(_:)`` for options out of their ranges and for more pictures than fit,
    ///   ``ExportError/fontMissing``.
    init(
        _ request: ExportRequest, _ survey: FrameSurvey, _ thinning: FrameThinning, catalog: Catalog
    ) async throws(ExportError) {
        let options = request.sheet
        try Self.check(options)
        _ = try FontFile.installed()
        guard let span = survey.span else { throw .noFrames }
        let form = PictureShape(request.video.looks)
        let subject = SheetSubject(
            kind: options.kind, givenTitle: request.video.labels.title, cameras: survey.cameras.sorted(),
            printName: try await catalog.nameOfOnlyPrint(in: survey),
            clock: SheetClock(span: span, timeZone: options.timeZone), frames: survey.frames)

        switch options.kind {
        case .contact, .beforeAfter:
            let sample = EvenChoice.places(of: Self.sample, in: FrameTimes(survey.candidates).elapsed)
            let picture = try form.size(of: await Self.picture(of: sample.map { survey.candidates[$0] }, catalog))
            let shape = Double(picture.width) / Double(picture.height)
            let isPair = options.kind == .beforeAfter
            let page = PageGrid(ofPicturesShaped: shape, columns: options.columns).count
            let most = isPair ? 2 : request.selection.most ?? page
            let frames = try await thinning.taken(of: survey.candidates, atMost: most)
            let columns = isPair ? frames.count : options.columns.map { min($0, frames.count) }
            let layout = try ContactLayout(
                PageGrid(holding: frames.count, shaped: shape, columns: columns), of: picture, aimingAt: 2400,
                widestLabel: subject.clock.widestLabel)
            (self.frames, size) = (frames, layout.size)
            destination = ContactSheet(layout: layout, subject: subject, shape: form, count: frames.count)
        case .keogram:
            frames = try await thinning.taken(of: survey.candidates, atMost: Keogram.mostFrames)
            let picture = try await Self.picture(of: frames, catalog)
            destination = Keogram(
                subject: subject, shape: form, picture: try form.size(of: picture), count: frames.count,
                slit: options.slit)
            size = nil
        case .average:
            frames = try await thinning.taken(of: survey.candidates, atMost: MeanLight.most)
            let picture = try await Self.picture(of: frames, catalog)
            destination = StackedSheet<MeanLight>(subject: subject, shape: form, picture: try form.size(of: picture))
            size = nil
        case .brightest:
            frames = try await thinning.taken(of: survey.candidates, atMost: BrightestLight.most)
            let picture = try await Self.picture(of: frames, catalog)
            destination = StackedSheet<BrightestLight>(
                subject: subject, shape: form, picture: try form.size(of: picture))
            size = nil
        }
    }

    /// So many frames tell how most pictures are shaped.
    private static let sample = 64

    /// The size that most of these frames' pictures have as they stand.
    private static func picture(
        of frames: [ExportCandidate], _ catalog: Catalog
    ) async throws(ExportError) -> PixelSize {
        guard let picture = try await catalog.standing(frames).sizes.mostFrequent else { throw .noFrames }
        return picture
    }

    private static func check(_ options: SheetOptions) throws(ExportError) {
        if let columns = options.columns, columns < 1 {
            throw .unusableSheet("“\(columns) columns” means nothing: use 1 or more")
        }
        guard (0...1).contains(options.slit) else {
            throw .unusableSheet("a keogram's column lies between 0% and 100% of the width")
        }
    }
}

extension Catalog {
    /// The name of the print job that all frames belong to, where there is one and it has one.
    fileprivate func nameOfOnlyPrint(in survey: FrameSurvey) async throws(ExportError) -> String? {
        guard survey.prints.count == 1, let print = survey.prints.first ?? nil else { return nil }
        do {
            return try await self.print(print)?.name
        } catch {
            throw ExportError(reading: error)
        }
    }
}
