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
@testable import Storage

@Suite struct `Compacting an archive` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// An archive of so many pictures, a slot apart.
    private func archive(_ count: Int) async throws -> FrameArchive {
        let archive = try await folder.open()
        for number in 0..<count { try await archive.store(number) }
        return archive
    }

    @Test func `makes its pictures smaller, and leaves every record as it was`() async throws {
        let archive = try await archive(20)
        let records = try await archive.records()
        let sizes = try await archive.contentSizes()
        let report = try await archive.compact()
        #expect(report.pictures == 20)
        #expect(report.shrunk == 20)
        #expect(report.leftAlone.isEmpty)
        #expect(try await archive.records() == records)
        #expect(report.bytesBefore == ByteCount(sizes.reduce(0, +)))
        #expect(report.bytesAfter == ByteCount(try await archive.contentSizes().reduce(0, +)))
        #expect(report.bytesAfter < report.bytesBefore)
        let verified = try await archive.verify()
        #expect(verified.isSound)
        #expect(verified.framesChecked == 20)
        try await archive.close()
    }

    @Test func `makes the file smaller`() async throws {
        let archive = try await folder.open()
        let encoding = TestEncoding(quality: 95) { $0.restartInterval = 1 }
        for number in 0..<24 {
            let picture = TestJPEG.picture(encoding, width: 320, height: 240, seed: UInt64(number))
            try await archive.store(picture, slot: number)
        }
        let report = try await archive.compact()
        #expect(report.savedShare > 0.05)
        #expect(report.fileAfter < report.fileBefore)
        #expect(try archive.fileSize() == report.fileAfter)
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    /// Every third picture is as small as it gets already.
    @Test(arguments: [false, true])
    func `gives back what it saves, page sizes notwithstanding, and tells how far it is`(isMixed: Bool) async throws {
        let archive = try await folder.open()
        let scene = TestJPEG.picture(TestEncoding(quality: 95), width: 640, height: 480)
        let small = try #require(try CompactPicture(of: ByteBuffer(bytes: scene.bytes)))
        for number in 0..<90 {
            var picture = isMixed && number % 3 == 0 ? TestJPEG(Array(small.bytes.readableBytesView)) : scene
            // No two are of one length.
            picture = picture.inserting(0xFE, Array(repeating: UInt8(number), count: number * 7919 % 20_000))
            try await archive.store(picture, slot: number)
        }
        var told: [Int] = []
        let report = try await archive.compact { progress in
            if case .pictures(let done, _) = progress { told.append(done) }
        }
        #expect(report.saved.bytes > 100_000)
        let ratio = Double(report.fileSaved.bytes) / Double(report.saved.bytes)
        // More is given back where pages are filled better than before.
        #expect(ratio > 0.8, "\(report.fileSaved) of \(report.saved)")
        #expect(told.last == 90 && zip(told, told.dropFirst()).allSatisfy { (0...3).contains($1 - $0) })
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `gives the same pictures, with the digest of the bytes that it gives`() async throws {
        let archive = try await archive(1)
        let record = try #require(try await archive.records().first)
        let before = try archive.picture(of: record.id)
        _ = try await archive.compact()
        let picture = try await archive.pool.read {
            try PictureTable.checkedPicture(of: record, from: archive.pictures, archive: archive.path, in: $0)
        }
        #expect(picture.bytes.readableBytes < before.readableBytes)
        #expect(picture.sha256 != record.sha256)
        #expect(picture.sha256 == SHA256Digest(hashing: picture.bytes))
        _ = try CompactPicture(picture.bytes, of: before)
        try await archive.close()
    }

    @Test func `tries no picture twice`() async throws {
        let archive = try await archive(5)
        let smallest = try #require(try CompactPicture(of: ByteBuffer(bytes: TestJPEG.picture().bytes)))
        try await archive.store(TestJPEG(Array(smallest.bytes.readableBytesView)), slot: 5)
        let first = try await archive.compact()
        #expect(first.pictures == 6)
        #expect(first.shrunk == 5)
        let kept = try await archive.pool.read {
            try Int.fetchOne(
                $0, sql: "SELECT count(*) FROM picture WHERE stored_bytes = bytes AND stored_sha256 IS NULL")
        }
        #expect(kept == 1)
        #expect(try await archive.compact().pictures == 0)
        try await archive.close()
    }

    @Test func `knows a picture that the camera shows again`() async throws {
        let archive = try await archive(2)
        _ = try await archive.compact()
        let again = try await archive.store(0, slot: 2)
        #expect(again.id == FrameID(3))
        #expect(try await archive.contentSizes().count == 2)
        #expect(try await archive.compact().pictures == 0)
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `counts a picture of many frames once`() async throws {
        let archive = try await folder.open()
        for slot in 0..<600 { try await archive.store(slot % 3, slot: slot) }
        let report = try await archive.compact()
        #expect(report.pictures == 3)
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `looks at the frames of the selection alone`() async throws {
        let archive = try await archive(10)
        for number in 10..<14 { try await archive.store(number, camera: .other) }
        func compact(_ selection: CompactionSelection) async throws -> Int {
            try await archive.compact(selection).pictures
        }
        let at = { Slot.number($0).due + .milliseconds(500) }
        #expect(try await compact(CompactionSelection(since: at(2), until: at(5))) == 3)
        #expect(try await compact(CompactionSelection(camera: .other, until: at(12))) == 2)
        #expect(try await compact(CompactionSelection(camera: .printer)) == 7)
        #expect(try await compact(CompactionSelection()) == 2)
        try await archive.close()
    }

    @Test func `leaves a damaged picture as it is, and names it`() async throws {
        let archive = try await archive(3)
        try await archive.pool.write {
            try $0.execute(sql: "UPDATE picture_content SET jpeg = CAST(jpeg || x'00' AS BLOB) WHERE id = 2")
        }
        func damaged() async throws -> Data? {
            try await archive.pool.read { try Data.fetchOne($0, sql: "SELECT jpeg FROM picture_content WHERE id = 2") }
        }
        let before = try await damaged()
        let report = try await archive.compact()
        #expect(report.pictures == 2)
        #expect(report.leftAlone.map(\.frame) == [FrameID(2)])
        #expect(report.leftAloneCount == 1)
        #expect(try await damaged() == before)
        #expect(try await archive.verify().damaged.map(\.frame) == [FrameID(2)])
        try await archive.close()
    }

    @Test func `goes on where it was interrupted`() async throws {
        let archive = try await archive(600)
        let interrupted = Task {
            try await archive.compact { progress in
                if case .pictures = progress { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await interrupted.value }
        let waiting = try await archive.waitingPictures()
        #expect(waiting > 0 && waiting < 600)
        #expect(try await archive.verify().isSound)
        #expect(try await archive.compact().pictures == waiting)
        try await archive.close()
    }

    @Test func `goes on beside a capture, which stores all it has`() async throws {
        let capture = try await archive(40)
        let caretaker = try await FrameArchive.open(at: folder.archive, application: "tests", role: .care)
        async let report = caretaker.compact()
        for number in 40..<80 { try await capture.store(number) }
        #expect(try await report.pictures >= 40)
        #expect(try await capture.records().count == 80)
        #expect(try await capture.verify().isSound)
        try await caretaker.close()
        try await capture.close()
    }

    @Test func `passes over a picture that was removed while it was coded`() async throws {
        let archive = try await archive(2)
        let candidate = try #require(try await archive.candidates().first)
        guard case .shrunk(let picture) = try await candidate.shrink(archive.pool, archive.pictures) else {
            Issue.record("it should have become smaller")
            return
        }
        try await archive.pool.write { try $0.execute(sql: "DELETE FROM frame WHERE id = 1") }
        #expect(try await archive.changes.commit { try candidate.record(picture, in: $0) } == false)
        guard case .gone = try await candidate.shrink(archive.pool, archive.pictures) else {
            Issue.record("it should be gone")
            return
        }
        #expect(try await archive.verify().isSound)
        try await archive.close()
    }

    @Test func `leaves each picture old or new, and whole, after a power cut at any moment`() async throws {
        let archive = try await archive(6)
        for candidate in try await archive.candidates() {
            guard case .shrunk(let picture) = try await candidate.shrink(archive.pool, archive.pictures) else {
                continue
            }
            try await archive.changes.commit { database in
                #expect(try candidate.record(picture, in: database))
                try CompactionCandidate.place([(candidate, picture.bytes)], in: archive.pictures, database)
            }
        }
        let log = try Data(contentsOf: URL(fileURLWithPath: folder.archive + "-wal"))
        var states: Set<Int> = []
        for length in stride(from: 0, through: log.count, by: max(1, log.count / 60)) {
            let image = try folder.crashImage()
            try log.prefix(length).write(to: URL(fileURLWithPath: image.archive + "-wal"))
            let recovered = try await image.open()
            let report = try await recovered.verify()
            #expect(report.isSound, "cut after \(length) of \(log.count) bytes: \(report)")
            if report.framesChecked == 6 { states.insert(try await recovered.waitingPictures()) }
            try await recovered.close()
        }
        #expect(states.count > 3)
        try await archive.close()
    }
}

extension FrameArchive {
    fileprivate func records() async throws -> [ArchivedFrame] {
        try await pool.read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(FrameTable.columns) FROM frame JOIN camera ON camera.id = frame.camera_id ORDER BY frame.id
                    """
            ).map { try ArchivedFrame($0) }
        }
    }

    fileprivate func contentSizes() async throws -> [Int] {
        try await pool.read { try Int.fetchAll($0, sql: "SELECT length(jpeg) FROM picture_content ORDER BY id") }
    }

    fileprivate func waitingPictures() async throws -> Int {
        try await pool.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM picture WHERE stored_bytes IS NULL") ?? 0
        }
    }

    fileprivate func candidates() async throws -> [CompactionCandidate] {
        try await pool.read { try CompactionList(CompactionSelection()).read($0).page.candidates }
    }

    /// Stores a picture as received in the slot of that number.
    fileprivate func store(_ picture: TestJPEG, slot: Int) async throws {
        let slot = Slot.number(slot)
        let valid = try FrameValidator().validate(picture.snapshot(at: slot.due))
        guard case .novel(let novel) = Deduplicator().examine(valid, against: nil) else { return }
        _ = try await store(novel, for: slot, received: .zero)
    }
}
