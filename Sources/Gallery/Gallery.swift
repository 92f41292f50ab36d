internal import Catalog
internal import Hummingbird
internal import Vocabulary

/// What answers the gallery's requests: the catalog, what is kept of it, and what the program supplies.
final class Gallery: Sendable {
    let catalog: Catalog
    let settings: GallerySettings
    let program: any GalleryProgram
    let access: Access
    let news: News
    let assets: Assets
    let knownStandings = KnownStandings()
    let keptCards = Kept<[CameraCard]>(for: .milliseconds(500))
    let keptFindings = Kept<Findings>(for: .seconds(60))
    /// Small pictures and sheets.
    let pictures: PictureCache
    let sheets = SheetMaker()
    let ladder: LedgerLadder
    let answers = CatalogAnswers()
    let searches = SearchTurns(most: 2)
    /// The newest frame, each time that the program tells of one.
    let frameNews: AsyncStream<FrameID>
    let newFrames: AsyncStream<FrameID>.Continuation

    init(_ catalog: Catalog, _ settings: GallerySettings, _ program: any GalleryProgram) {
        (self.catalog, self.settings, self.program) = (catalog, settings, program)
        access = Access(settings)
        news = News()
        assets = Assets(folder: settings.assetsFolder)
        pictures = PictureCache(bytes: settings.cacheSize)
        ladder = LedgerLadder(catalog: catalog)
        (frameNews, newFrames) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }
}
