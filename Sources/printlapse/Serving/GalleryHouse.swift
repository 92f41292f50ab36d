import Catalog
import Foundation
import Gallery
import Storage
import Synchronization
import Vocabulary

/// Where a gallery's servers come from. What they show and do is kept while one follows another: a timelapse that is being made
/// is made to its end.
final class GalleryHouse: Sendable {
    private struct Kept {
        let folder: String
        let catalog: Catalog
        let program: ServedProgram
    }

    private let common: CommonOptions
    private let assets: String?
    private let writer: FrameArchive?
    private let metrics: (@Sendable () -> String)?
    private let onTrouble: @Sendable (String) -> Void
    private let kept = Mutex<Kept?>(nil)

    /// - Parameters:
    ///   - assets: the folder of the pages' files, in place of those in the program.
    ///   - writer: the archive as this process writes to it, if it does.
    ///   - metrics: a job's, where this process runs one.
    ///   - onTrouble: told what a visitor is not told.
    init(
        _ common: CommonOptions, assets: String? = nil, writer: FrameArchive? = nil,
        metrics: (@Sendable () -> String)? = nil, onTrouble: @escaping @Sendable (String) -> Void
    ) {
        (self.common, self.assets, self.writer) = (common, assets, writer)
        (self.metrics, self.onTrouble) = (metrics, onTrouble)
    }

    /// - Throws: `ArchiveError` where there is nothing to show, or ``CommandError`` where the list of timelapses cannot be read.
    func server(
        _ setup: GallerySetup, onListening: @escaping @Sendable (GalleryAddress) -> Void
    ) throws -> GalleryServer {
        let (catalog, program) = try shown(setup.rules)
        var settings = setup.settings
        (settings.assetsFolder, settings.onTrouble) = (assets, onTrouble)
        return GalleryServer(of: catalog, settings, program: program, onListening: onListening)
    }

    /// A frame is on disk.
    func stored(_ frame: FrameID) { kept.withLock { $0?.program }?.stored(frame) }

    private func shown(_ rules: GalleryRules) throws -> (Catalog, ServedProgram) {
        try kept.withLock { kept in
            let path = kept?.catalog.path ?? common.archive.path
            let catalog = try kept?.catalog ?? Catalog.open(at: path, reading: common.archive.packs)
            let folder =
                rules.timelapsesFolder ?? URL(filePath: catalog.path).deletingLastPathComponent().path + "/timelapses"
            if let kept, kept.folder == folder { return (kept.catalog, kept.program) }
            let program = try ServedProgram(catalog, common, writer: writer, metrics: metrics, timelapses: folder)
            kept = Kept(folder: folder, catalog: catalog, program: program)
            return (catalog, program)
        }
    }
}
