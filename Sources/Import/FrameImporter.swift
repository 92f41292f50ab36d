public import Archive
internal import FoundationEssentials
internal import NIOCore
internal import Vocabulary

/// Takes the pictures that other tools left into an archive.
///
/// First every picture's time is found, then they are read, checked and stored in the order in which they were taken, so that
/// each is compared with the frame before it as when capturing. Nothing depends on what was imported before but what is in
/// the archive: an import that was cut short is completed by running it again.
public struct FrameImporter: Sendable {
    private let archive: FrameArchive?
    private let settings: ImportSettings

    /// - Parameter archive: may be `nil` for a dry run: then nothing is known in it.
    public init(into archive: FrameArchive?, settings: ImportSettings = ImportSettings()) {
        (self.archive, self.settings) = (archive, settings)
    }

    /// Imports the pictures of all these sources; archives among them are left out.
    ///
    /// - Parameter progress: called from this task after every few pictures.
    /// - Throws: ``ImportError`` for a source that cannot be read at all, ``ArchiveError``, and `CancellationError`.
    public func run(
        _ sources: [ImportSource], progress: (ImportProgress) -> Void = { _ in }
    ) async throws -> ImportReport {
        var finder = PictureFinder()
        for source in sources { try finder.search(source) }
        var pictures = finder.pictures
        SharedStamps.remove(from: &pictures)

        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let plan = ImportPlan(try await Self.withExif(pictures), settings: settings, now: now)
        var report = ImportReport(settings)
        report.found = pictures.count
        report.otherFiles = finder.otherFiles
        report.refused = finder.refused + plan.refused
        report.note(plan)

        var intake = PictureIntake(archive: archive, settings: settings, report: report)
        let reader = PictureReader(archive: archive, settings: settings, occupied: try intake.occupiedCameras(of: plan))
        try await Pipeline.run(plan.items) {
            try reader.read($0)
        } take: { result in
            try await intake.take(result)
            progress(ImportProgress(done: intake.taken, total: plan.items.count))
        }
        try await intake.finish()
        return intake.report
    }

    /// The pictures with what Exif tells of their times, where no name and no manifest does.
    private static func withExif(_ pictures: [FoundPicture]) async throws -> [(FoundPicture, ToldTime?)] {
        let batches = stride(from: 0, to: pictures.count, by: 64).map { pictures[$0..<min($0 + 64, pictures.count)] }
        var result: [(FoundPicture, ToldTime?)] = []
        result.reserveCapacity(pictures.count)
        try await Pipeline.run(batches) { batch in
            batch.map { picture -> (FoundPicture, ToldTime?) in
                guard picture.record == nil, picture.name.time == nil else { return (picture, nil) }
                // One that cannot be read is refused when it is its turn.
                return (picture, (try? picture.exifTime()) ?? nil)
            }
        } take: {
            result += $0
        }
        return result
    }
}

extension ImportReport {
    fileprivate mutating func note(_ plan: ImportPlan) {
        for item in plan.items { times[item.time.witness, default: 0] += 1 }
        let ranges = plan.ranges
        cameras = Set(ranges.keys)
        from = ranges.values.map(\.lowerBound).min()
        until = ranges.values.map(\.upperBound).max()
        copiedDates = plan.foldersWithCopiedDates
    }
}
