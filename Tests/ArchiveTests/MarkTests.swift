import Deduplication
import Foundation
import GRDB
import TestSupport
import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

@Suite struct `A mark` {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Ten frames, one each 10 s, the first five of print 1, and two of another camera.
    private func archive() async throws -> FrameArchive {
        let archive = try await folder.open()
        for number in 0..<10 { try await archive.store(number, print: number < 5 ? 7 : nil) }
        for number in 3..<5 { try await archive.store(number, camera: .other) }
        return archive
    }

    private func ids(_ condition: String, in archive: FrameArchive) throws -> [Int64] {
        try archive.read { try Int64.fetchAll($0, sql: "SELECT id FROM frame WHERE \(condition) ORDER BY id") }
    }

    private static func range(_ first: Int64, _ last: Int64) -> ClosedRange<FrameID> { FrameID(first)...FrameID(last) }

    @Test(arguments: [
        (MarkedFrames.numbers([range(2, 2), range(4, 6), range(5, 7)]), [2, 4, 5, 6, 7]),
        (.numbers([range(11, 400)]), [11, 12]),
        (.captured(camera: .printer, since: .start + .seconds(20), until: .start + .seconds(40)), [3, 4]),
        (.captured(camera: nil, since: .start + .seconds(40), until: nil), [5, 6, 7, 8, 9, 10, 12]),
        (.captured(camera: .other, since: nil, until: nil), [11, 12]),
        (.print(1), [1, 2, 3, 4, 5]),
    ])
    func `is for the frames that were chosen, and is taken back from them`(
        frames: MarkedFrames, ids: [Int64]
    ) async throws {
        let archive = try await archive()
        let report = try await archive.mark(frames, .excluded(true))
        #expect(try self.ids("excluded", in: archive) == ids)
        #expect(try self.ids("pinned", in: archive) == [])
        #expect(report.frames == ids.count && report.changed == ids.count)
        let again = try await archive.mark(frames, .excluded(true))
        #expect(again.frames == ids.count && again.changed == 0)
        #expect(try await archive.mark(frames, .excluded(false)).changed == ids.count)
        #expect(try self.ids("excluded", in: archive) == [])
        try await archive.close()
    }

    @Test func `that is there already makes no transaction`() async throws {
        let archive = try await archive()
        try await archive.mark(.captured(camera: .printer, since: nil, until: nil), .pinned(true))
        let commits = archive.commits
        try await archive.mark(.captured(camera: .printer, since: nil, until: nil), .pinned(true))
        #expect(archive.commits == commits)
        try await archive.close()
    }

    @Test func `on a print is for the frames that it will yet get`() async throws {
        let archive = try await archive()
        let report = try await archive.mark(.print(1), .pinned(true))
        #expect(report.print == 1 && report.changed == 5)
        let later = try await archive.store(20, print: 7)
        #expect(later.pinned && !later.excluded)
        try await archive.mark(.print(1), .pinned(false))
        #expect(try await !archive.store(21, print: 7).pinned)
        #expect(try ids("pinned", in: archive) == [])
        try await archive.close()
    }

    @Test func `of words stands with its frames, and a new one takes its place`() async throws {
        let archive = try await archive()
        try await archive.mark(.numbers([Self.range(2, 3)]), .note(Note("it lifts")))
        try await archive.mark(.numbers([Self.range(3, 4)]), .note(Note("it holds")))
        #expect(try ids("note = 'it lifts'", in: archive) == [2])
        #expect(try ids("note = 'it holds'", in: archive) == [3, 4])
        #expect(try await archive.mark(.numbers([Self.range(1, 9)]), .note(nil)).changed == 3)
        #expect(try ids("note IS NOT NULL", in: archive) == [])
        try await archive.close()
    }

    @Test func `of words on a print is the print's own`() async throws {
        let archive = try await archive()
        let report = try await archive.mark(.print(1), .note(Note("first try")))
        #expect(report.frames == 0 && report.print == 1)
        #expect(try ids("note IS NOT NULL", in: archive) == [])
        let note = try archive.read { try String.fetchOne($0, sql: "SELECT note FROM print WHERE id = 1") }
        #expect(note == "first try")
        try await archive.close()
    }

    @Test(arguments: [
        (MarkedFrames.numbers([range(1, 1), range(99, 99)]), ArchiveError.noSuchFrame(FrameID(99))),
        (.numbers([range(1, 1), range(90, 99)]), .noSuchFrames),
        (.captured(camera: .printer, since: .start + .seconds(1000), until: nil), .noSuchFrames),
        (.captured(camera: try! CameraName("nobody"), since: nil, until: nil), .noSuchFrames),
        (.print(99), .noSuchPrint(99)),
    ])
    func `for nothing that is there is refused, and changes nothing`(
        frames: MarkedFrames, error: ArchiveError
    ) async throws {
        let archive = try await archive()
        let commits = archive.commits
        await #expect(throws: error) { try await archive.mark(frames, .excluded(true)) }
        #expect(try ids("excluded", in: archive) == [])
        #expect(archive.commits == commits || frames == .print(99))
        try await archive.close()
    }

    @Test func `for many frames is made in short transactions, and captures go on between them`() async throws {
        let capture = try await folder.open()
        for number in 0..<600 { try await capture.store(number) }
        let editor = try await FrameArchive.open(at: folder.archive, role: .edit)
        async let report = editor.mark(.captured(camera: .printer, since: nil, until: nil), .excluded(true))
        for number in 600..<620 { try await capture.store(number) }
        #expect(try await report.frames >= 600)
        #expect(editor.commits >= 3)
        #expect(try ids("excluded AND id <= 600", in: capture).count == 600)
        #expect(try ids("1", in: capture).count == 620)
        try await editor.close()
        #expect(try await capture.verify().isSound)
        try await capture.close()
    }

    @Test func `is found again by its own index`() async throws {
        let archive = try await archive()
        for (condition, index) in [
            ("excluded = 1", "frame_excluded"), ("pinned = 1", "frame_pinned"), ("note IS NOT NULL", "frame_noted"),
            ("suspect IS NOT NULL", "frame_suspect"),
        ] {
            let plan = try archive.read {
                try Row.fetchAll(
                    $0, sql: "EXPLAIN QUERY PLAN SELECT id FROM frame INDEXED BY \(index) WHERE \(condition)")
            }
            #expect(plan.count == 1)
        }
        try await archive.close()
    }
}
