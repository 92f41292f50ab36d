import Archive
import Care
import Catalog
import Foundation
import GRDB
import NIOCore
import Packs
import Storage
import Stores
import TestSupport
import Testing
import Vocabulary

@Suite(.timeLimit(.minutes(3))) struct `Care of pictures in packs` {
    private let bench: PackBench

    init() throws { bench = try PackBench() }

    @Test func `brings all back, or a stretch`() async throws {
        let frames = try await bench.capture(Array(0..<10))
        try await bench.capture(Array(20..<25), camera: .other)
        let before = try await bench.pictures()
        try await bench.offload()
        let archive = try await bench.open()
        let part = try await archive.recall(
            RecallSelection(camera: .printer, since: frames[2].capturedAt, until: frames[5].capturedAt),
            from: bench.reader)
        #expect(part.pictures == 3)
        #expect(part.bytes == frames[2..<5].reduce(.zero) { $0 + $1.bytes })
        let all = try await archive.recall(RecallSelection(), from: bench.reader)
        #expect(all.pictures == 10)
        try await archive.close()
        try FileManager.default.removeItem(atPath: bench.packs)
        #expect(try await bench.pictures() == before)
        let report = try await bench.catalog().verify()
        #expect(report.isSound && report.framesChecked == 15, "\(report)")
        #expect(try await bench.catalog().statistics().offloadedPictures == 0)
    }

    @Test func `removes packs that nothing is in, and leaves what it does not know`() async throws {
        try await bench.capture(Array(0..<5))
        try await bench.offload()
        let used = try #require(bench.packFiles.first)
        let stranger = URL(filePath: used).deletingLastPathComponent().appending(path: "stranger.zip")
        try Data("PK".utf8).write(to: stranger)
        let archive = try await bench.open()
        let first = try await archive.cleanPacks(at: .monthLater, open: openingStores)
        #expect(first.removed == [])
        #expect(first.unknown.count == 1)
        #expect(first.unknown.first?.hasSuffix("stranger.zip") == true)
        _ = try await archive.recall(RecallSelection(), from: bench.reader)
        // Whoever put it there may need what is beside it.
        #expect(try await archive.cleanPacks(at: .monthLater, open: openingStores).removed == [])
        let second = try await archive.cleanPacks(isOnlyCopy: true, at: .monthLater, open: openingStores)
        #expect(second.removed.count == 1)
        #expect(!FileManager.default.fileExists(atPath: used))
        #expect(FileManager.default.fileExists(atPath: stranger.path))
        try await archive.close()
        #expect(try await bench.pictures().count == 5)
        // The same pictures go once more, into a pack of the same bytes.
        #expect(try await bench.offload().pictures == 4)
        let name = URL(filePath: used).lastPathComponent
        #expect(bench.packFiles.contains { $0.hasSuffix("/" + name) && $0 != used })
    }

    @Test func `removes by age what is in packs, and for room nothing of it`() async throws {
        let frames = try await bench.capture(Array(0..<10), padding: 4)
        try await bench.offload()
        try await bench.capture(Array(20..<26), from: .monthLater - .seconds(600), padding: 4)
        let archive = try await bench.open()
        // More room than there can be.
        let room = try await archive.prune(
            RetentionPolicy(minimumFree: ByteCount(1 << 50)), at: .monthLater)
        #expect(room.frames > 0)
        let left = try await archive.pool.read { try Int64.fetchAll($0, sql: "SELECT id FROM frame ORDER BY id") }
        #expect(left.prefix(9) == frames.prefix(9).map(\.id.number)[...], "\(left)")

        let aged = try await archive.prune(RetentionPolicy(maximumAge: .seconds(86_400)), at: .monthLater)
        #expect(aged.frames >= 9)
        let live = try await archive.pool.read { try PackTable.all(in: $0).map(\.livePictures) }
        #expect(live == [0])
        #expect(try await archive.cleanPacks(at: .monthLater, open: openingStores).removed.count == 1)
        try await archive.close()
        let report = try await bench.catalog().verify()
        // The month between is in no ledger.
        #expect(report.damaged.isEmpty && report.unread.isEmpty, "\(report)")
    }

    @Test func `compacts what is here alone`() async throws {
        try await bench.capture(Array(0..<6))
        try await bench.offload()
        let archive = try await bench.open()
        let report = try await archive.compact()
        #expect(report.pictures == 1)
        #expect(report.leftAloneCount == 0)
        try await archive.close()
        #expect(try await bench.catalog().verify().isSound)
    }

    @Test func `offloads what was compacted, and has it as it was stored`() async throws {
        try await bench.capture(Array(0..<6))
        let archive = try await bench.open()
        _ = try await archive.compact()
        try await archive.close()
        let before = try await bench.pictures()
        try await bench.offload()
        #expect(try await bench.pictures() == before)
        // One comes back as its camera gives it.
        try await bench.capture([0], from: .start + .seconds(360))
        let report = try await bench.catalog().verify()
        #expect(report.isSound, "\(report)")
        let again = try await bench.open()
        _ = try await again.recall(RecallSelection(), from: bench.reader)
        try await again.close()
        #expect(try await bench.catalog().verify().isSound)
    }

    @Test func `makes a backup that knows where they lie`() async throws {
        try await bench.capture(Array(0..<6))
        let before = try await bench.pictures()
        try await bench.offload()
        let catalog = try bench.catalog()
        let report = try await catalog.backup(to: bench.folder("backup.sqlite")) { _ in }
        #expect(report.offloaded == 5 && report.pictures == 1)
        try catalog.close()
        let copy = try Catalog.open(at: bench.folder("backup.sqlite"), reading: bench.reader)
        for frame in try await copy.frames(FrameQuery()) {
            #expect(try await Array(copy.picture(of: frame).readableBytesView) == before[frame.id])
        }
        try copy.close()
    }

    @Test func `merges what lies in packs into another archive, which has it then`() async throws {
        try await bench.capture(Array(0..<6))
        let before = try await bench.pictures()
        try await bench.offload()
        let other = bench.folder("other.sqlite")
        try await FrameArchive.open(at: other, application: "tests", role: .capture).close()
        let archive = try await FrameArchive.open(at: other, application: "tests", role: .care)
        let source = try MergeSource(at: bench.path, reading: bench.reader)
        let report = try await source.merge(into: archive)
        #expect(report.stored == 6 && report.damaged.isEmpty, "\(report)")
        try source.close()
        try await archive.close()
        // Without its packs.
        let catalog = try Catalog.open(at: other)
        for frame in try await catalog.frames(FrameQuery()) {
            #expect(try await before.values.contains(Array(catalog.picture(of: frame).readableBytesView)))
        }
        try catalog.close()
    }

    @Test func `lets go of a picture that is good again in its pack`() async throws {
        let frames = try await bench.capture(Array(0..<6))
        try await bench.offload()
        try bench.damagePacks()
        let archive = try await bench.open()
        #expect(try await archive.repair(from: [], packs: bench.reader).quarantined == [frames[0].id])
        // Somebody brings the pack back from a copy of the store: the same bit once more.
        try bench.damagePacks()
        // Who does not look at it says nothing of it.
        #expect(try await archive.repair().released == [])
        let report = try await archive.repair(from: [], packs: bench.reader)
        #expect(report.released == [frames[0].id] && report.isSound, "\(report)")
        try await archive.close()
    }

    @Test(arguments: [true, false])
    func `cleans a store where another one is away, once that is given up or no other copy goes on`(
        isGivenUp: Bool
    ) async throws {
        try await bench.capture(Array(0..<6))
        try await bench.offload()
        let archive = try await bench.open()
        let other = bench.folder("a second store")
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        if isGivenUp {
            _ = try await archive.recall(RecallSelection(), from: bench.reader)
            #expect(try await archive.cleanPacks(at: .monthLater, open: openingStores).removed.count == 1)
        }
        try FileManager.default.removeItem(atPath: bench.packs)
        try await archive.close()
        try await bench.capture(Array(10..<16), from: .start + .seconds(600))
        let again = try await bench.open()
        _ = try await again.offload(
            OffloadRequest(olderThan: .seconds(3600), keepFree: nil), to: bench.store(other), beside: openingStores,
            at: .monthLater)
        let since = isGivenUp ? nil : Timestamp.start + .seconds(300)
        _ = try await again.recall(RecallSelection(since: since), from: bench.reader)
        // The one that is away may have another copy's sign.
        if !isGivenUp {
            let withheld = try await again.cleanPacks(at: .monthLater, open: openingStores)
            #expect(withheld.removed == [] && withheld.isWithheld && withheld.failure != nil, "\(withheld)")
        }
        let cleaned = try await again.cleanPacks(isOnlyCopy: !isGivenUp, at: .monthLater, open: openingStores)
        #expect(cleaned.removed.count == 1 && (cleaned.failure == nil) == isGivenUp, "\(cleaned)")
        let left = try FileManager.default.subpathsOfDirectory(atPath: other).filter { $0.hasSuffix(".zip") }
        #expect(left == [])
        try await again.close()
    }

    /// - Returns: six frames, of which all but the newest are in a pack, and every picture.
    private func offloadAfterBackup() async throws -> ([ArchivedFrame], [FrameID: [UInt8]]) {
        let frames = try await bench.capture(Array(0..<6))
        let pictures = try await bench.pictures()
        let catalog = try bench.catalog()
        _ = try await catalog.backup(to: bench.folder("backup.sqlite")) { _ in }
        try catalog.close()
        try await bench.offload()
        return (frames, pictures)
    }

    @Test(arguments: [true, false])
    func `brings back the pictures of a pack that is gone or cut from a backup`(isGone: Bool) async throws {
        let (frames, before) = try await offloadAfterBackup()
        let pack = try #require(bench.packFiles.first)
        if isGone {
            try FileManager.default.removeItem(atPath: pack)
        } else {
            try #require(FileHandle(forWritingAtPath: pack)).truncate(atOffset: 100)
        }
        let archive = try await bench.open()
        let alone = try await archive.repair(from: [], packs: bench.reader)
        #expect(!alone.changedAnything && !alone.isSound && alone.after.isSoundHere, "\(alone)")
        let report = try await archive.repair(from: [bench.folder("backup.sqlite")], packs: bench.reader)
        #expect(report.restored == frames.dropLast().map(\.id))
        #expect(report.isSound, "\(report)")
        try await archive.close()
        #expect(try await bench.pictures() == before)
        #expect(try await bench.catalog().verify().isSound)
    }

    @Test func `repairs a picture that is damaged in its pack from a backup`() async throws {
        let (frames, before) = try await offloadAfterBackup()
        try bench.damagePacks()
        let archive = try await bench.open()
        let alone = try await archive.repair()
        #expect(!alone.changedAnything, "\(alone)")
        let report = try await archive.repair(from: [bench.folder("backup.sqlite")], packs: bench.reader)
        #expect(report.restored == [frames[0].id])
        #expect(report.isSound, "\(report)")
        try await archive.close()
        #expect(try await bench.pictures() == before)
    }
}
