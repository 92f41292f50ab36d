import Archive
import Care
import Catalog
import Deduplication
import Foundation
import GRDB
import Machines
import NIOCore
import Packs
import Storage
import Stores
import TestSupport
import Validation
import Vocabulary

/// Opens stores that need no credentials.
let openingStores: StoreOpening = { location throws(StoreError) in try StoreLocation(location).open(in: [:]) }

extension Timestamp {
    /// 2026-11-23T14:05:00.250Z
    static let start = Timestamp(milliseconds: 1_795_442_700_250)
    static let monthLater = start + .seconds(30 * 86_400)
}

/// Some machines and a hub, each with an archive, and a folder that is the store of all.
final class Farm: Sendable {
    let folder: TemporaryFolder
    var store: String { folder("store") }
    var hub: Machine { machine("hub") }

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: false)
    }

    func machine(_ name: String) -> Machine { Machine(name: name, path: folder(name + ".sqlite"), store: store) }

    func follow(calling names: [FollowedCameraName: CameraName] = [:]) async throws -> FollowReport {
        try await hub.with(.sharing) { try await $0.follow(self.opened(), calling: names, at: .monthLater) }
    }

    func opened() throws -> any ObjectStore { try StoreLocation(store).open(in: [:]) }

    /// The segments in the store, by their paths, in their order.
    var segments: [String] {
        (FileManager.default.enumerator(atPath: store)?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(".jsonl.gz") }.sorted().map { store + "/" + $0 }
    }
}

struct Machine: Sendable {
    let name: String
    let path: String
    let store: String

    func with<Value>(_ role: ArchiveRole, _ work: (FrameArchive) async throws -> Value) async throws -> Value {
        let archive = try await FrameArchive.open(at: path, application: "tests", role: role)
        let result: Result<Value, any Error>
        do { result = .success(try await work(archive)) } catch { result = .failure(error) }
        try await archive.close()
        return try result.get()
    }

    /// Archives pictures a minute apart, another one for each number.
    ///
    /// - Parameter start: when the first is captured.
    func capture(
        _ numbers: [Int], camera: String? = nil, from start: Timestamp = .start, print: Int64? = nil
    ) async throws {
        let camera = camera ?? name
        try await with(.capture) { archive in
            for (place, number) in numbers.enumerated() {
                let instant = start + .seconds(60 * place)
                let picture = TestJPEG.picture(width: 96, height: 64, seed: UInt64(number))
                let valid = try FrameValidator().validate(picture.snapshot(from: camera, at: instant))
                guard case .novel(let novel) = Deduplicator().examine(valid, against: nil) else { continue }
                let job = print.map { PrintJob(number: $0, name: "part", startedAt: start, toldBy: .octoPrint) }
                _ = try await archive.store(
                    novel, for: Slot(due: instant, interval: .seconds(60)), received: ByteCount(1000),
                    circumstances: FrameCircumstances(print: job))
            }
        }
    }

    @discardableResult
    func publish(
        _ mode: PublishMode = .onwards, limit: Int = 4000, to folder: String? = nil, at now: Timestamp = .monthLater
    ) async throws -> PublishReport {
        let store = try StoreLocation(folder ?? store).open(in: [:])
        return try await with(.sharing) {
            try await $0.publish(to: store, as: MachineName(name), mode: mode, at: now, limit: limit)
        }
    }

    @discardableResult
    func offload(
        to folder: String? = nil, before end: Timestamp = .monthLater - .seconds(3600)
    ) async throws -> OffloadReport {
        let store = try StoreLocation(folder ?? store).open(in: [:])
        return try await with(.care) {
            try await $0.offload(
                OffloadRequest(olderThan: .monthLater - end, keepFree: nil), to: store, beside: openingStores,
                at: .monthLater)
        }
    }

    func write(_ sql: String) async throws {
        try await with(.edit) { archive in try await archive.commit { try $0.execute(sql: sql) } }
    }

    func catalog() throws -> Catalog { try Catalog.open(at: path, reading: PackReader(environment: [:])) }

    func rows(_ sql: String) async throws -> [String] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try await queue.read { try String.fetchAll($0, sql: sql) }
    }

    /// All that is told of cameras, but for numbers, as text.
    func told(of cameras: String = "TRUE") async throws -> [String] {
        try await rows(
            """
            SELECT concat_ws_all FROM (
                SELECT format('frame %s', json_array(camera.name, captured_at, taken_at, slot_at, last_seen_at, seen, width, height,
                    frame.bytes, hex(sha256), perceptual_hash, variant, source, frame.excluded, frame.pinned, progress,
                    printer_state, prediction, brightness, sharpness, change, changed_percent, frame.note, damaged_at, suspect,
                    print.number, print.started_at)) AS concat_ws_all
                FROM frame JOIN camera ON camera.id = frame.camera_id LEFT JOIN print ON print.id = print_id WHERE \(cameras)
                UNION ALL SELECT format('print %s', json_array(camera.name, number, series, told_by, print.name, state,
                    started_at, ended_at, excluded, pinned, note))
                FROM print JOIN camera ON camera.id = print.camera_id WHERE \(cameras)
                UNION ALL SELECT format('run %s', json_array(camera.name, from_at, interval_ms, slots, outcome, detail,
                    ledger_run.bytes, removed, hex(sha256)))
                FROM ledger_run JOIN camera ON camera.id = ledger_run.camera_id LEFT JOIN frame ON frame.id = frame_id
                WHERE \(cameras))
            ORDER BY 1
            """)
    }
}
