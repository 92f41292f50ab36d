import Deduplication
import Foundation
import GRDB
import NIOCore
import TestSupport
import Testing
import Validation
import Vocabulary

@testable import Archive
@testable import Storage

/// What the disk is given to write for each frame of a lone camera, whose commits share nothing with others: its picture once to
/// the log and once to the file, and each page that its record touches.
@Suite struct `The wear of a lone camera's frames` {
    private let folder: TemporaryFolder
    private static let frames = 100

    init() throws { folder = try TemporaryFolder() }

    /// Also of an archive that is published: what a segment told changes seldom, and the rest is found without being noted.
    @Test(arguments: [(57_000, 2.6), (36_000, 3.0)], [false, true])
    func `is little more than that of their pictures written twice`(
        _ limits: (Int, Double), isPublished: Bool
    ) async throws {
        let (length, most) = limits
        let archive = try await folder.open()
        if isPublished {
            try await archive.commit {
                try $0.execute(
                    sql: "INSERT INTO publication (id, machine, name, generation, store) VALUES (1, 'm', 'm', 1, '/')")
            }
        }
        var (log, file) = (try size("-wal"), try size(""))
        var (kept, bytes): (LastKept?, Int) = (nil, 0)
        for number in 0..<Self.frames {
            let slot = Slot.number(number)
            let frame = try frame(number, of: length, for: slot, after: kept)
            bytes += frame.frame.bytes.readableBytes
            let print = PrintJob(number: 1, name: "part.gcode", startedAt: .start, toldBy: .octoPrint)
            let stored = try await archive.store(
                frame, for: slot, received: .zero, circumstances: FrameCircumstances(print: print))
            kept = LastKept(
                frame: stored.id, sha256: stored.sha256, capturedAt: stored.capturedAt, luma: frame.frame.luma)
            guard isPublished, number == Self.frames / 2 else { continue }
            // As when a segment is made. What that takes is not the frames'.
            let before = (try size("-wal"), try size(""))
            try await archive.commit {
                try $0.execute(
                    sql: """
                        UPDATE publication SET round = 2, noted_frame_id = (SELECT max(id) FROM frame);
                        DELETE FROM unpublished;
                        INSERT INTO published_ledger SELECT camera_id, from_at, from_at, '' FROM ledger_run
                        """)
            }
            log += try size("-wal") - before.0
            file += try size("") - before.1
        }
        if isPublished {
            let noted = try archive.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM unpublished") }
            #expect(noted == 0)
        }
        let logged = try size("-wal") - log
        try await archive.close()
        let filed = try size("") - file
        #expect(abs(bytes / Self.frames - length) < 1000)
        #expect(filed > bytes)
        let times = Double(logged + filed) / Double(bytes)
        #expect(times <= most, "\(times) times: \(logged / Self.frames) to the log, \(filed / Self.frames) to the file")
    }

    private func frame(_ number: Int, of length: Int, for slot: Slot, after kept: LastKept?) throws -> NovelFrame {
        let scene = TestJPEG.picture(width: 64, height: 48)
        let comment = Array("picture \(number)".utf8) + Array(repeating: 0, count: length - scene.bytes.count)
        let origin = SnapshotOrigin(camera: .printer, source: .webcamAPI, receivedAt: slot.due + .milliseconds(500))
        let bytes = ByteBuffer(bytes: scene.inserting(0xFE, comment).bytes)
        let frame = try FrameValidator().validate(Snapshot(bytes: bytes, origin: origin))
        guard case .novel(let novel) = Deduplicator().examine(frame, against: kept) else {
            preconditionFailure("no two comments are the same")
        }
        return novel
    }

    private func size(_ ending: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: folder.archive + ending)[.size] as? Int ?? 0
    }
}
