import Catalog
import Deduplication
import Foundation
import GRDB
import NIOCore
import TestSupport
import Testing
import Validation
import Vocabulary

@testable import Archive
@testable import Care
@testable import Import
@testable import Storage

@Suite struct `Merging archives` {
    private let bench: ImportBench

    init() throws { bench = try ImportBench() }

    /// Captures slots of one camera into an archive of that name: each stores the picture of its number, every fifth is offline,
    /// and every seventh shows the picture before.
    private func capture(
        _ name: String, camera: CameraName = .printer, slots: Range<Int>, offset: Duration = .zero,
        print: PrintJob? = nil
    ) async throws {
        let archive = try await FrameArchive.open(at: bench.path(name))
        var last: FrameID?
        for number in slots {
            let slot = Slot(due: .start + .seconds(10 * number) + offset, interval: .seconds(10))
            if number % 5 == 4 {
                try await archive.record(
                    .offline, detail: nil, for: slot, camera: camera, received: ByteCount(10), seen: nil)
            } else if number % 7 == 6, let last {
                try await archive.record(
                    .duplicate, detail: nil, for: slot, camera: camera, received: ByteCount(10), seen: last)
            } else {
                last = try await archive.store(
                    try .numbered(number, camera: camera, at: slot.due), for: slot,
                    received: ByteCount(10), circumstances: FrameCircumstances(print: print)
                ).id
            }
        }
        try await archive.close()
    }

    @discardableResult
    private func merge(
        _ source: String, into target: String, calling names: [CameraName: CameraName] = [:]
    ) async throws -> MergeReport {
        let archive = try await FrameArchive.open(at: bench.path(target), role: .care)
        let other = try MergeSource(at: bench.path(source))
        let report = try await other.merge(into: archive, calling: names)
        try other.close()
        try await archive.close()
        return report
    }

    /// What does not depend on the order in which frames came: all but the numbers.
    private struct Content: Hashable {
        let camera: CameraName, capturedAt: Timestamp, lastSeenAt: Timestamp, sha256: SHA256Digest, seen: Int
        let hash: PerceptualHash, brightness: Int?, change: Int?, variant: PictureVariant?, source: SnapshotSourceKind
        let marks: [Bool], note: String?

        init(_ frame: ArchivedFrame) {
            (camera, capturedAt, lastSeenAt) = (frame.camera, frame.capturedAt, frame.lastSeenAt)
            (sha256, seen, hash, brightness) = (frame.sha256, frame.seen, frame.perceptualHash, frame.brightness)
            (change, variant, source) = (frame.change, frame.variant, frame.source)
            (marks, note) = ([frame.excluded, frame.pinned], frame.note)
        }
    }

    private func content(_ name: String) async throws -> [Content] {
        try await bench.frames(of: bench.path(name)).map(Content.init)
    }

    private func ledger(_ name: String) async throws -> [LedgerRun] {
        let archive = try await FrameArchive.open(at: bench.path(name), role: .edit)
        let runs = try archive.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(LedgerTable.columns) FROM ledger_run JOIN camera ON camera.id = camera_id ORDER BY 1, from_at
                    """
            ).map(LedgerTable.run)
        }
        try await archive.close()
        return runs
    }

    @Test func `takes everything over as it is`() async throws {
        let print = PrintJob(
            number: 7, name: "benchy", startedAt: .start, endedAt: .start + .seconds(500), toldBy: .octoPrint)
        try await capture("a", slots: 0..<40, print: print)
        let report = try await merge("a", into: "b")
        #expect(report.stored == report.frames && report.known == 0 && report.damaged.isEmpty)
        #expect((report.prints, report.slots) == (1, 40))
        #expect(try await content("b") == content("a"))
        #expect(try await ledger("b").map(\.described) == ledger("a").map(\.described))
        #expect(try await bench.frames(of: bench.path("b")).allSatisfy { $0.print == 1 })
    }

    @Test func `twice adds nothing`() async throws {
        try await capture("a", slots: 0..<40)
        try await merge("a", into: "b")
        let (content, ledger) = (try await content("b"), try await ledger("b"))
        let again = try await merge("a", into: "b")
        #expect((again.stored, again.slots, again.prints, again.usageReadings) == (0, 0, 0, 0))
        #expect(again.known == again.frames)
        #expect(try await self.content("b") == content)
        #expect(try await self.ledger("b") == ledger)
    }

    @Test func `leaves the same frames in whatever order, and a sound ledger`() async throws {
        // Overlapping, with a hole between, and on another grid.
        try await capture("a", slots: 0..<40)
        try await capture("b", slots: 30..<60, offset: .seconds(3))
        try await capture("c", slots: 100..<140)
        try await capture("d", camera: .other, slots: 20..<30)
        let names = ["a", "b", "c", "d"]
        var results: [Set<Content>] = []
        for (index, order) in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]].enumerated() {
            for source in order { try await merge(names[source], into: "all\(index)") }
            results.append(Set(try await content("all\(index)")))
            let runs = try await ledger("all\(index)").filter { $0.camera == .printer }
            #expect(runs.first?.from == .start)
            #expect(runs.last?.lastSlot == .start + .seconds(1390))
        }
        #expect(results[0] == results[1] && results[1] == results[2])
        #expect(results[0].count == (try await content("a") + content("b") + content("c") + content("d")).count)
    }

    @Test func `fills the time of which neither tells, until a third archive does`() async throws {
        try await capture("a", slots: 0..<10)
        try await capture("c", slots: 30..<40)
        try await capture("b", slots: 10..<30)
        try await merge("a", into: "all")
        try await merge("c", into: "all")
        let filler = try await ledger("all").filter { $0.detail == SlotReason(.betweenArchives) }
        #expect(filler.map(\.slots) == [20] && filler.allSatisfy { $0.outcome == .missed })
        try await merge("b", into: "all")
        let runs = try await ledger("all")
        #expect(runs.allSatisfy { $0.detail == nil })
        #expect(runs.reduce(0) { $0 + $1.slots } == 40)
        #expect(try await content("all").count == (content("a") + content("b") + content("c")).count)
        // What was filled in here is no news elsewhere.
        try await capture("e", slots: 35..<36)
        try await merge("all", into: "e")
        #expect(try await bench.frames(of: bench.path("e")).count == content("all").count)
    }

    @Test func `keeps cameras of one name apart where one is renamed`() async throws {
        try await capture("a", slots: 0..<10)
        try await capture("b", slots: 0..<10)
        try await merge("b", into: "a", calling: [.printer: .other])
        let frames = try await bench.frames(of: bench.path("a"))
        #expect(frames.filter { $0.camera == .other }.count == frames.count / 2)
        #expect(try await merge("b", into: "a", calling: [.printer: .other]).stored == 0)
        #expect(try await merge("b", into: "a").stored == 0)
    }

    @Test func `names what is damaged, leaves it out, and comes out sound`() async throws {
        try await capture("a", slots: 0..<10)
        let source = try await FrameArchive.open(at: bench.path("a"))
        try await source.pool.writeWithoutTransaction { database in
            try database.execute(
                sql:
                    "UPDATE picture_content SET jpeg = CAST(substr(jpeg, 1, 99) || x'55' || substr(jpeg, 101) AS BLOB) WHERE id = 2"
            )
        }
        try await source.close()
        let report = try await merge("a", into: "b")
        #expect(report.damaged.map(\.frame) == [FrameID(2)])
        #expect(report.stored == report.frames - 1)
        #expect(try await bench.frames(of: bench.path("b")).count == report.stored)
        #expect(try await ledger("b").reduce(0) { $0 + $1.removed } == 1)
    }

    @Test func `takes pictures that were made smaller as they are, under the digest that they were captured with`()
        async throws
    {
        try await capture("a", slots: 0..<4)
        let source = try await FrameArchive.open(at: bench.path("a"))
        let original = try source.picture(of: FrameID(1))
        let smaller = ByteBuffer(bytes: ImportBench.picture(0).removing(0xE0).bytes)
        try await source.pool.write { database in
            try database.execute(
                sql: "UPDATE picture_content SET jpeg = ? WHERE id = 1",
                arguments: [Data(smaller.readableBytesView)])
            try database.execute(
                sql: "UPDATE picture SET stored_sha256 = ?, stored_bytes = ? WHERE content_id = 1",
                arguments: [SHA256Digest(hashing: smaller).data, smaller.readableBytes])
        }
        try await source.close()
        #expect(try await merge("a", into: "b").damaged.isEmpty)
        let frames = try await bench.frames(of: bench.path("b"))
        #expect(frames[0].sha256 == SHA256Digest(hashing: original))
        let target = try await FrameArchive.open(at: bench.path("b"))
        #expect(try target.picture(of: frames[0].id) == smaller)
        try await target.close()
        #expect(try await merge("a", into: "b").stored == 0)
    }

    @Test func `adds marks, notes and later sightings, and takes none away`() async throws {
        try await capture("a", slots: 0..<4)
        try await merge("a", into: "b")
        for (name, sql) in [
            (
                "a",
                "UPDATE frame SET pinned = 1, note = 'look', seen = 9, last_seen_at = captured_at + 5000 WHERE id = 1"
            ),
            ("b", "UPDATE frame SET excluded = 1, seen = 2 WHERE id = 1"),
        ] {
            let archive = try await FrameArchive.open(at: bench.path(name))
            try await archive.pool.write { try $0.execute(sql: sql) }
            try await archive.close()
        }
        try await merge("a", into: "b")
        let frame = try await bench.frames(of: bench.path("b"))[0]
        #expect((frame.pinned, frame.excluded, frame.note, frame.seen) == (true, true, "look", 9))
        #expect(frame.lastSeenAt == frame.capturedAt + .seconds(5))
    }

    @Test func `reads the other archive and leaves its file as it is, also while it is captured into`() async throws {
        try await capture("a", slots: 0..<10)
        let before = try Data(contentsOf: URL(filePath: bench.path("a")))
        try await merge("a", into: "b")
        #expect(try Data(contentsOf: URL(filePath: bench.path("a"))) == before)
        let capture = try await FrameArchive.open(at: bench.path("a"))
        let slot = Slot(due: .start + .seconds(100), interval: .seconds(10))
        _ = try await capture.store(try .numbered(99, camera: .printer, at: slot.due), for: slot, received: .zero)
        #expect(try await merge("a", into: "b").stored == 1)
        try await capture.close()
    }

    @Test func `refuses an archive of an older version, untouched`() async throws {
        try await capture("a", slots: 0..<2)
        let archive = try await FrameArchive.open(at: bench.path("a"))
        try await archive.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 2") }
        try await archive.close()
        let error = #expect(throws: ArchiveError.self) { try MergeSource(at: bench.path("a")) }
        #expect(error?.label == "too_old")
    }

    @Test func `foretells what is new without an archive and with one`() async throws {
        try await capture("a", slots: 0..<10)
        let source = try MergeSource(at: bench.path("a"))
        let first = try await source.foresee(into: nil)
        #expect(first.stored == first.frames && first.isDryRun)
        try await merge("a", into: "b")
        let archive = try await FrameArchive.open(at: bench.path("b"), role: .edit)
        let second = try await source.foresee(into: archive)
        #expect(second.known == first.stored && second.stored == 0)
        try await archive.close()
    }
}

extension LedgerRun {
    /// All but the number of the frame.
    fileprivate var described: String { "\(camera) \(outcome) \(from) \(interval) \(slots) \(bytes) \(removed)" }
}

extension NovelFrame {
    fileprivate static func numbered(_ number: Int, camera: CameraName, at instant: Timestamp) throws -> NovelFrame {
        let origin = SnapshotOrigin(
            camera: camera, source: .webcamAPI, receivedAt: instant + .milliseconds(500), variant: .raw)
        let snapshot = Snapshot(bytes: ByteBuffer(bytes: ImportBench.picture(number).bytes), origin: origin)
        guard case .novel(let novel) = Deduplicator().examine(try FrameValidator().validate(snapshot), against: nil)
        else {
            preconditionFailure("nothing was kept that the frame could repeat")
        }
        return novel
    }
}
