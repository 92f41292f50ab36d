internal import Archive
internal import GRDB
internal import NIOCore
internal import Storage
internal import Vocabulary

/// The merging of one archive into another, camera by camera, in short transactions of which each keeps every promise.
struct ArchiveMerge {
    let source: MergeSource
    /// What is known; `nil` for a dry run where there is no archive yet.
    private let archive: FrameArchive?
    /// `nil` for a dry run.
    private let writer: FrameArchive?
    private(set) var report: MergeReport
    /// Rows a transaction.
    private var step = CareStep(4...256)

    /// As much as one transaction writes, whatever the number of pictures.
    private static let groupLimit = ByteCount(2 << 20)

    init(_ source: MergeSource, into archive: FrameArchive?, isDryRun: Bool) {
        (self.source, self.archive, writer) = (source, archive, isDryRun ? nil : archive)
        report = MergeReport(isDryRun: isDryRun)
    }

    mutating func run(calling names: [CameraName: CameraName], progress: (Int, Int) -> Void) async throws {
        let cameras = try source.cameras()
        let total = try source.read { database in
            try cameras.reduce(0) { try $0 + CameraTable.frames(of: $1, in: database) }
        }
        for camera in cameras {
            let pair = CameraPair(there: camera, here: names[camera] ?? camera)
            report.cameras.insert(pair.here)
            // The ledger is read after the frames. What a capture adds to both meanwhile waits for the next time.
            let end = try source.read { try LedgerTable.last(of: camera, in: $0) }?.lastSlot
            let prints = try await mergePrints(of: pair)
            try await mergeFrames(of: pair, prints: prints) { progress(min($0, total), total) }
            if let end { try await mergeLedger(of: pair, until: end) }
            try await mergeUsage(of: pair)
        }
    }

    /// A camera's name in both archives.
    struct CameraPair: Sendable {
        let there: CameraName
        let here: CameraName
    }

    /// Makes a change that comes to `amount` rows, as one step of long work.
    private mutating func commit<Value: Sendable>(
        to archive: FrameArchive, _ camera: CameraName, amount: Int,
        _ change: @escaping @Sendable (_ camera: Int64, Database) throws -> Value
    ) async throws -> Value {
        try Task.checkCancellation()
        let (value, time) = try await archive.commitStep { database in
            try change(try CameraTable.idOrNew(of: camera, in: database), database)
        }
        step.measured(amount, took: time)
        return value
    }

    // MARK: Prints

    /// - Returns: the numbers here of the prints there.
    private mutating func mergePrints(of camera: CameraPair) async throws -> [Int64: Int64] {
        let prints = try source.read { try PrintTable.all(of: camera.there, in: $0) }
        var numbers: [Int64: Int64] = [:]
        guard let writer else { return numbers }
        for start in stride(from: 0, to: prints.count, by: 64) {
            let some = prints[start..<min(start + 64, prints.count)]
            let merged = try await commit(to: writer, camera.here, amount: some.count) { camera, database in
                try some.map { ($0.id, try PrintTable.merge($0, camera: camera, in: database)) }
            }
            for (there, (here, isNew)) in merged {
                numbers[there] = here
                if isNew { report.prints += 1 }
            }
        }
        return numbers
    }

    // MARK: Frames

    private mutating func mergeFrames(
        of camera: CameraPair, prints: [Int64: Int64], progress: (Int) -> Void
    ) async throws {
        var place: (capturedAt: Timestamp, id: FrameID)?
        while true {
            let page = try source.read {
                try FrameTable.page(of: camera.there, after: place, limit: step.size, in: $0)
            }
            let group = try await gather(page, as: camera.here)
            guard let last = group.last?.record ?? page.last else { return }
            let frames = group.compactMap(\.merged)
            let stored = try await store(frames, prints, camera)
            report.frames += group.count
            report.stored += stored.count
            report.bytesStored += stored.reduce(.zero) { $0 + $1.bytes }
            report.known += frames.count - stored.count
            place = (last.capturedAt, last.id)
            progress(report.frames)
        }
    }

    private mutating func store(
        _ frames: [MergedFrame], _ prints: [Int64: Int64], _ camera: CameraPair
    ) async throws -> [ArchivedFrame] {
        guard let writer else { return frames.filter { $0.picture != nil }.map(\.record) }
        return try await commit(to: writer, camera.here, amount: frames.count) { [writer] camera, database in
            try frames.filter { frame in
                try MergeStorage.take(
                    frame, camera: camera, print: frame.record.print.flatMap { prints[$0] }, into: writer.pictures,
                    database)
            }.map(\.record)
        }
    }

    /// A frame of the other archive, and what is to be merged of it: nothing where it is damaged.
    private struct Gathered {
        let record: ArchivedFrame
        let merged: MergedFrame?
    }

    /// As many of these frames as one transaction takes, with the pictures of those that are new here.
    private mutating func gather(_ page: [ArchivedFrame], as camera: CameraName) async throws -> [Gathered] {
        var group: [Gathered] = []
        var bytes = ByteCount.zero
        for record in page {
            guard bytes < Self.groupLimit else { break }
            do {
                try source.requirePlausible(record)
                if let archive, try archive.hasFrame(of: camera, at: record.capturedAt, sha256: record.sha256) {
                    group.append(Gathered(record: record, merged: MergedFrame(record: record, picture: nil)))
                    continue
                }
                let picture = try await source.picture(of: record)
                bytes += ByteCount(picture.bytes.readableBytes)
                group.append(Gathered(record: record, merged: MergedFrame(record: record, picture: picture)))
            } catch ArchiveError.damaged(_, let what) {
                report.damaged.append(DamagedFrame(frame: record.id, sha256: record.sha256, problem: what))
                group.append(Gathered(record: record, merged: nil))
            } catch let error as ArchiveError where error.label == "pack_missing" {
                report.damaged.append(
                    DamagedFrame(frame: record.id, sha256: record.sha256, problem: error.description))
                group.append(Gathered(record: record, merged: nil))
            }
        }
        return group
    }

    // MARK: The ledger

    private mutating func mergeLedger(of camera: CameraPair, until end: Timestamp) async throws {
        guard let writer else { return }
        var reader = try MergedLedgerReader(source: source, camera: camera.there, until: end)
        while let runs = try reader.next(rows: step.size) {
            let rows = runs.reduce(0) { $0 + 1 + $1.stored.count }
            report.slots += try await commit(to: writer, camera.here, amount: rows) { id, database in
                let merge = LedgerMerge(camera: id, database: database)
                return try runs.reduce(0) { try $0 + merge.enter($1.called(camera.here)) }
            }
        }
    }

    // MARK: Usage

    private mutating func mergeUsage(of camera: CameraPair) async throws {
        guard let writer else { return }
        var last = Timestamp(milliseconds: .min)
        while true {
            let records = try source.read { try UsageTable.page(of: camera.there, after: last, limit: 64, in: $0) }
            guard let newest = records.last else { return }
            report.usageReadings += try await commit(to: writer, camera.here, amount: records.count) {
                camera, database in
                try records.count { try UsageTable.insertIfAbsent($0, camera: camera, into: database) }
            }
            last = newest.reading.readAt
        }
    }
}
