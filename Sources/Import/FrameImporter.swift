internal import Archive
internal import FoundationEssentials
internal import NIOCore
package import Storage
internal import Vocabulary

/// Takes the pictures that other tools left into an archive.
///
/// First every picture's time is found, then they are read, checked and stored in the order in which they were taken, so that
/// each is compared with the frame before it as when capturing. Nothing depends on what was imported before but what is in
/// the archive: an import that was cut short is completed by running it again.
package struct FrameImporter: Sendable {
    private let archive: FrameArchive?
    private let settings: ImportSettings

    /// - Parameter archive: may be `nil` for a dry run: then nothing is known in it.
    package init(into archive: FrameArchive?, settings: ImportSettings = ImportSettings()) {
        (self.archive, self.settings) = (archive, settings)
    }

    /// Imports the pictures of all these sources; archives among them are left out.
    ///
    /// - Parameter progress: called from this task after every few pictures.
    /// - Throws: ``ImportError`` for a source that cannot be read at all, ``ArchiveError``, and `CancellationError`.
    package func run(
        _ sources: [ImportSource], progress: (ImportProgress) -> Void = { _ in }
    ) async throws -> ImportReport {
        let (plan, report) = try await plan(sources)
        var intake = PictureIntake(archive: archive, settings: settings, report: report)
        let reader = PictureReader(archive: archive, settings: settings, occupied: try intake.occupiedCameras(of: plan))
        do {
            try await Pipeline.run(plan) {
                try reader.read($0)
            } take: { result in
                try await intake.take(result)
                progress(ImportProgress(done: intake.taken, total: plan.count))
            }
            try await intake.finish()
        } catch {
            try await intake.settle()
            throw error
        }
        return intake.report
    }

    /// What is to be taken in, and the report so far. All that was weighed for it is out of memory afterwards.
    private func plan(_ sources: [ImportSource]) async throws -> (ImportPlan, ImportReport) {
        var finder = PictureFinder()
        for source in sources { try finder.search(source) }
        let now = Timestamp.wallClock
        var pictures: [FoundPicture] = []
        swap(&pictures, &finder.pictures)
        let (series, zone) = (TimeTable.series(of: pictures), settings.timeZone)
        let found = try await Self.exifTimes(
            of: pictures, TimeTable(pictures, series: series, zone: zone, now: now).unsettled)
        for (index, exif) in found { pictures[Int(index)].exif = exif.told }
        let table = TimeTable(pictures, series: series, zone: zone, now: now)
        let plan = ImportPlan(pictures, table, settings: settings, now: now)
        var report = ImportReport(settings)
        report.found = pictures.count
        report.otherFiles = finder.otherFiles
        report.refused = finder.refused + plan.refused
        report.count(plan)
        return (plan, report)
    }

    /// What Exif tells of the times of those pictures of which it may tell more than what is known, where it does.
    private static func exifTimes(
        of pictures: [FoundPicture], _ unsettled: [Int]
    ) async throws -> [(UInt32, CompactTime)] {
        var times: [(UInt32, CompactTime)] = []
        let batches = stride(from: 0, to: unsettled.count, by: 64).map { $0..<min($0 + 64, unsettled.count) }
        try await Pipeline.run(batches) { batch in
            // One that cannot be read is refused when it is its turn.
            batch.compactMap { place in
                ((try? pictures[unsettled[place]].exifTime()) ?? nil).map {
                    (UInt32(unsettled[place]), CompactTime($0))
                }
            }
        } take: { read in
            times += read
        }
        return times
    }
}

extension ImportReport {
    fileprivate mutating func count(_ plan: ImportPlan) {
        for item in plan { times[item.time.witness, default: 0] += 1 }
        let ranges = plan.ranges
        cameras = Set(ranges.keys)
        from = ranges.values.map(\.lowerBound).min()
        until = ranges.values.map(\.upperBound).max()
        copiedDates = plan.copiedDates
        interleavedFolders = plan.interleavedFolders
        doubtful = plan.compactMap { item in
            item.time.doubt.map { DoubtfulTime(item.picture.place, time: item.time.instant, doubt: $0) }
        }
    }
}
