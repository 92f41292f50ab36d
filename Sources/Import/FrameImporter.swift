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
        let now = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        var pictures = finder.pictures
        let (series, zone) = (TimeTable.series(of: pictures), settings.timeZone)
        let unsettled = TimeTable(pictures, series: series, zone: zone, now: now).unsettled
        try await Self.readExif(of: &pictures, unsettled)
        let table = TimeTable(pictures, series: series, zone: zone, now: now)
        let plan = ImportPlan(pictures, table, settings: settings, now: now)
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

    /// Notes what Exif tells of the times of those pictures of which it may tell more than what is known.
    private static func readExif(of pictures: inout [FoundPicture], _ unsettled: [Int]) async throws {
        let batches = stride(from: 0, to: unsettled.count, by: 64).map { start in
            unsettled[start..<min(start + 64, unsettled.count)].map { ($0, pictures[$0]) }
        }
        try await Pipeline.run(batches) { batch in
            // One that cannot be read is refused when it is its turn.
            batch.map { index, picture -> (Int, ToldTime?) in (index, (try? picture.exifTime()) ?? nil) }
        } take: { read in
            for (index, exif) in read { pictures[index].exif = exif }
        }
    }
}

extension ImportReport {
    fileprivate mutating func note(_ plan: ImportPlan) {
        for item in plan.items { times[item.time.witness, default: 0] += 1 }
        let ranges = plan.ranges
        cameras = Set(ranges.keys)
        from = ranges.values.map(\.lowerBound).min()
        until = ranges.values.map(\.upperBound).max()
        copiedDates = plan.copiedDates
        interleavedFolders = plan.interleavedFolders
        doubtful = plan.items.compactMap { item in
            item.time.doubt.map { DoubtfulTime(path: item.picture.path, time: item.time.instant, doubt: $0) }
        }
    }
}
