import Archive
import ArgumentParser
import Budget
import Capture
import Care
import Catalog
import Export
import Foundation
import Gallery
import Monitoring
import Settings
import Storage
import Synchronization
import Timelapses
import Tunnel
import Vocabulary

/// What this program does for the gallery of an archive.
final class ServedProgram: GalleryProgram {
    private let catalog: Catalog
    private let common: CommonOptions
    private let archive: ChangedArchive
    private let marks: VisitorMarks
    private let maker: ServedTimelapses
    private let accounts: KnownAccounts
    private let jobMetrics: (@Sendable () -> String)?
    private let news = Mutex<(@Sendable (GalleryNews) -> Void)?>(nil)
    let tellsFrames: Bool

    /// - Parameters:
    ///   - writer: the archive as this process writes to it, if it does: what is stored is told to ``stored(_:)`` then.
    ///   - metrics: a job's, where this process runs one.
    ///   - folder: where timelapses are made.
    init(
        _ catalog: Catalog, _ common: CommonOptions, writer: FrameArchive?, metrics: (@Sendable () -> String)?,
        timelapses folder: String
    ) throws {
        (self.catalog, self.common, jobMetrics) = (catalog, common, metrics)
        archive = ChangedArchive(path: catalog.path, writer: writer)
        marks = VisitorMarks(catalog, archive)
        tellsFrames = writer != nil
        maker = try ServedTimelapses(in: folder, maker: TimelapseMaker(catalog: catalog, archive: common.archive))
        accounts = KnownAccounts(catalog)
    }

    var version: String { Printlapse.version }

    // MARK: - How it is

    func cameraNames() async throws -> [CameraName] {
        let archived = try await catalog.cameraNames()
        return Set(archived).union(await configured()?.cameras.map(\.name) ?? []).union(authorized())
            .sorted { $0.text < $1.text }
    }

    func cameras(_ standings: [CameraStanding], at now: Timestamp) async throws -> [GalleryCamera] {
        let (configured, authorized) = (await configured(), authorized())
        let setups = Dictionary((configured?.cameras ?? []).map { ($0.name, $0) }) { first, _ in first }
        let caps = await accounts.capsMet(configured: configured, at: now)
        let reader = try await statusReader()
        return standings.map { standing in
            let camera = reader.camera(standing, at: now)
            let known = KnownCamera(
                name: camera.name, configuration: setups[camera.name],
                isAuthorized: authorized.contains(camera.name), archived: nil)
            return GalleryCamera(
                name: camera.name, state: camera, source: known.source,
                interval: known.interval ?? camera.health.lastRun?.interval,
                isConfigured: setups[camera.name] != nil,
                hint: camera.health.isHealthy
                    ? nil : standing.machine.map { "\(camera.name): see to it at “\($0.printable)”" } ?? camera.advice,
                capMetAt: caps[camera.name])
        }
    }

    private func authorized() -> Set<CameraName> {
        Set((try? CredentialSources.standard.storedCameras()) ?? [])
    }

    func status(of cameras: [GalleryCamera]) async throws -> any KeyedRecord {
        let now = Timestamp.wallClock
        let reports = cameras.compactMap { $0.state as? JobStatusReport.Camera }
        var status = try await statusReader().report(of: reports, at: now)
        for place in status.timelapses.unfinished.indices {
            let reason = status.timelapses.unfinished[place].reason
            status.timelapses.unfinished[place].reason = reason?.withoutFolders
        }
        let bytes = try await lastWeek.value {
            try await self.catalog.hours(since: now - .seconds(7 * 86_400)).reduce(0) { $0 + $1.bytes }
        }
        let first = try await catalog.frames(FrameQuery(limit: 1)).first?.capturedAt
        let days = first.map { min(7, Double((now - $0).milliseconds) / 86_400_000) } ?? 0
        return ServedStatus(status: status, bytesPerDay: days < 1 ? nil : Int64(Double(bytes) / days))
    }

    /// Bytes of pictures.
    private let lastWeek = Kept<Int64>(for: .seconds(600))
    /// Of a hub with hundreds of machines.
    private let machines = Kept<[FollowedMachine]>(for: .seconds(2))

    private func followedMachines() async throws -> [FollowedMachine] {
        try await machines.value { try await self.catalog.followedMachines() }
    }

    private func statusReader() async throws -> StatusReader {
        StatusReader(
            catalog: catalog, configured: await configured()?.cameras ?? [], machines: try await followedMachines())
    }

    /// Read at most so often: pages ask for the cameras all the time, and a farm's file is long.
    private let configuration = Kept<JobConfiguration?>(for: .seconds(2))

    private func configured() async -> JobConfiguration? {
        (try? await configuration.value { try common.configuration.read() }) ?? nil
    }

    func findings() async throws -> [any KeyedRecord] {
        var words = ["--archive", common.archive.path]
        if let path = common.configuration.chosenPath { words += ["--config", path] }
        let folder = URL(filePath: catalog.path).deletingLastPathComponent().path
        return await (try await DoctorCommand.asyncParse(words)).findingsHere().map {
            $0.withoutPlaces([(catalog.path, "the archive"), (folder, "the archive’s folder")])
        }
    }

    func usage() async throws -> [any KeyedRecord] {
        try await accounts.usage(configured: await configured(), at: .wallClock)
    }

    func verification() async throws -> GalleryVerification {
        let check = await catalog.lastCheck()
        return GalleryVerification(
            last: check.map {
                .init(
                    at: $0.at, options: $0.options, report: ServedReport(report: $0.report, archive: catalog.path),
                    damagedFrames: $0.damaged, suspectFrames: $0.suspect)
            },
            running: catalog.runningVerification(at: .wallClock).map {
                .init(picturesChecked: $0.picturesChecked, pictures: $0.pictures, bytesChecked: $0.bytesChecked)
            })
    }

    func metrics() async throws -> String {
        if let jobMetrics { return jobMetrics() }
        let now = Timestamp.wallClock
        let reader = try await statusReader()
        return try await reader.report(of: reader.cameras(cameraNames(), at: now), at: now)
            .metrics(version: version)
    }

    // MARK: - What is changed

    func mark(_ marking: GalleryMarking) async throws -> GalleryMarkReport { try await marks.mark(marking) }

    func undo(_ undo: String) async throws -> Bool { try await marks.undo(undo) }

    // MARK: - What is made

    func plan(_ options: TimelapseOptions, triesSize: Bool) async throws -> any Encodable & Sendable {
        try await maker.plan(options, sizing: triesSize ? .tried : .reckoned)
    }

    func timelapses() async throws -> [GalleryTimelapse] { await maker.timelapses }

    func make(_ options: TimelapseOptions) async throws -> GalleryTimelapse { try await maker.make(options) }

    func cancel(timelapse id: String) async throws -> GalleryTimelapse? { await maker.cancel(id) }

    func delete(timelapse id: String) async throws -> Bool {
        guard let number = GalleryTimelapse.number(ofRules: id) else { return await maker.delete(id) }
        return try await archive.change { archive in
            guard let timelapse = try archive.timelapse(number), timelapse.state != .making else { return false }
            let wasMade = timelapse.madeAt != nil
            _ = try await archive.update(timelapses: [number]) { if wasMade { $0.remove() } else { $0.forget() } }
            if wasMade { timelapse.removeFiles() }
            return true
        }
    }

    func tell(_ news: @escaping @Sendable (GalleryNews) -> Void) async {
        self.news.withLock { $0 = news }
        await maker.tell { news(.timelapse($0)) }
    }

    /// A frame is on disk.
    func stored(_ frame: FrameID) { news.withLock(\.self)?(.frame(frame)) }
}

extension Finding {
    /// The same without where on this machine files lie: visitors are told their names.
    ///
    /// - Parameter places: paths, which may have spaces in them, with what is said in place of them.
    fileprivate func withoutPlaces(_ places: [(path: String, name: String)]) -> Finding {
        func plain(_ text: String) -> String {
            places.reduce(text) { $0.replacing($1.path, with: $1.name) }.withoutFolders
        }
        var finding = Finding(subject, ok: ok, plain(text), hint: hint.map(plain))
        finding.camera = camera
        return finding
    }
}

/// As `verify --json` says it, without where on this machine the archive lies.
private struct ServedReport: KeyedRecord {
    let report: VerifyReport
    let archive: String

    static let fields: [Field<Self>] = VerifyReport.fields.map { field in
        field.key == "problems" ? Field("problems", \.problems) : field.of(\.report)
    }

    private var problems: [String] { report.problems.map { $0.replacing(archive, with: "the archive") } }
}

/// As `status --json` says it, and how much comes in a day.
private struct ServedStatus: KeyedRecord {
    let status: JobStatusReport
    let bytesPerDay: Int64?

    static let fields: [Field<Self>] =
        JobStatusReport.fields.map { $0.of(\.status) } + [Field("bytes_per_day", \.bytesPerDay)]
}
