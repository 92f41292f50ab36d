import Care
import Foundation
import NIOCore
import Storage
import Testing
import Vocabulary

@testable import Catalog

@Suite struct `A list of frames` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Ten frames of the printer, one each 10 s, the first five of one print, and two of another camera.
    private func catalog() async throws -> Catalog {
        let writer = try await archive.open()
        for number in 0..<10 { try await writer.store(number, print: number < 5 ? 7 : nil) }
        for number in 3..<5 { try await writer.store(number, camera: .other, print: 7) }
        try await writer.close()
        return try Catalog.open(at: archive.path)
    }

    private func ids(_ query: FrameQuery) async throws -> [Int64] {
        try await catalog().frames(query).map(\.id.number)
    }

    @Test func `is in order of capture, and of numbers where that is the same`() async throws {
        #expect(try await ids(FrameQuery()) == [1, 2, 3, 4, 11, 5, 12, 6, 7, 8, 9, 10])
        #expect(
            try await ids(FrameQuery(order: .newestFirst)) == [10, 9, 8, 7, 6, 12, 5, 11, 4, 3, 2, 1])
    }

    @Test func `is of one camera`() async throws {
        #expect(try await ids(FrameQuery(camera: .other)) == [11, 12])
        #expect(try await ids(FrameQuery(camera: try CameraName("nobody"))) == [])
    }

    @Test func `is of one print`() async throws {
        #expect(try await ids(FrameQuery(print: 1)) == [1, 2, 3, 4, 5])
        #expect(try await ids(FrameQuery(camera: .other, print: 1)) == [])
        #expect(try await ids(FrameQuery(print: 99)) == [])
    }

    @Test func `is of a stretch of time, its beginning included and its end not`() async throws {
        let query = FrameQuery(camera: .printer, since: .start + .seconds(20), until: .start + .seconds(40))
        #expect(try await ids(query) == [3, 4])
    }

    @Test func `is as long as asked for`() async throws {
        #expect(try await ids(FrameQuery(limit: 3)) == [1, 2, 3])
        #expect(try await ids(FrameQuery(limit: 2, order: .newestFirst)) == [10, 9])
        #expect(try await ids(FrameQuery(limit: 0)) == [])
    }

    @Test(arguments: FrameOrder.allCases, [1, 2, 5, 100])
    func `is the same page by page`(order: FrameOrder, pageSize: Int) async throws {
        let catalog = try await catalog()
        var met: [FrameID] = []
        try await catalog.forEachFrame(FrameQuery(order: order), pageSize: pageSize) { met.append($0.id) }
        #expect(try await catalog.frames(FrameQuery(order: order)).map(\.id) == met)
    }

    @Test func `is as long as asked for page by page too`() async throws {
        var met = 0
        try await catalog().forEachFrame(FrameQuery(limit: 7), pageSize: 3) { _ in met += 1 }
        #expect(met == 7)
    }

    @Test func `holds no snapshot while somebody works on a frame`() async throws {
        let catalog = try await catalog()
        let writer = try await archive.open()
        var number = 100
        try await catalog.forEachFrame(FrameQuery(limit: 4), pageSize: 2) { _ in
            try await writer.store(number)
            number += 1
        }
        // Only where no reader stands in its way can the log be emptied.
        try await writer.close()
        let log = try FileManager.default.attributesOfItem(atPath: archive.path + "-wal")[.size] as? Int
        #expect(log == 0)
    }

    @Test func `is counted with its bytes`() async throws {
        let catalog = try await catalog()
        let frames = try await catalog.frames(FrameQuery(camera: .printer))
        let count = try await catalog.count(FrameQuery(camera: .printer))
        #expect(count.frames == 10)
        #expect(count.bytes == frames.reduce(.zero) { $0 + $1.bytes })
        #expect(try await catalog.count(FrameQuery(limit: 3)).frames == 3)
    }

    private static let queries = [
        FrameQuery(), FrameQuery(camera: .printer), FrameQuery(print: 1), FrameQuery(camera: .printer, print: 1),
        FrameQuery(excluded: true), FrameQuery(pinned: true), FrameQuery(noted: true), FrameQuery(excluded: false),
        FrameQuery(camera: .printer, excluded: false, noted: true), FrameQuery(print: 1, pinned: true),
    ].flatMap { query in
        FrameOrder.allCases.flatMap { order in
            var (plain, ranged, page) = (query, query, query)
            (plain.order, ranged.order, page.order) = (order, order, order)
            (ranged.since, ranged.until, ranged.limit) = (.start, .start, 100)
            page.after = FrameCursor(capturedAt: .start, id: FrameID(1))
            return [plain, ranged, page]
        }
    }

    @Test(arguments: queries)
    func `comes from an index, in order, without sorting and without a scan`(query: FrameQuery) async throws {
        try await archive.open().close()
        let catalog = try Catalog.open(at: archive.path)
        let list = try await catalog.queryPlan(of: { _ = try await $0.frames(query) })
        #expect(list.steps.contains { $0.contains("frame USING INDEX \(query.index)") }, "\(list)")
        #expect(list.sorts.isEmpty, "\(list)")
        #expect(list.scans(of: "camera", "picture").isEmpty, "\(list)")
        if query.camera != nil || query.print != nil || query.since != nil || query.after != nil {
            #expect(
                list.scans(of: "frame").allSatisfy { $0.hasPrefix("SCAN frame USING INDEX frame_noted") }, "\(list)")
        }
        let count = try await catalog.queryPlan(of: { _ = try await $0.count(query) })
        // With both, the print's index finds the frames, and their rows tell the camera.
        if query.camera == nil || query.print == nil {
            #expect(count.sorts.isEmpty, "\(count)")
            if query.index.hasPrefix("frame_by") && query.excluded == nil && query.pinned == nil {
                #expect(count.steps.contains { $0.contains("COVERING INDEX \(query.index)") }, "\(count)")
            }
        }
    }

    @Test func `is of frames with marks, or without`() async throws {
        try await catalog().close()
        try archive.sqlite(
            """
            UPDATE frame SET excluded = 1 WHERE id IN (2, 3);
            UPDATE frame SET pinned = 1 WHERE id IN (3, 11);
            UPDATE frame SET note = 'look' WHERE id IN (4, 5);
            """)
        let catalog = try Catalog.open(at: archive.path)
        for (query, ids) in [
            (FrameQuery(excluded: true), [2, 3]), (FrameQuery(pinned: true), [3, 11]),
            (FrameQuery(excluded: true, pinned: true), [3]), (FrameQuery(excluded: false, pinned: true), [11]),
            (FrameQuery(camera: .printer, noted: true, order: .newestFirst), [5, 4]),
            (FrameQuery(print: 1, excluded: false, noted: false), [1]),
            (FrameQuery(camera: .other, excluded: true), []),
        ] {
            #expect(try await catalog.frames(query).map(\.id.number) == ids.map(Int64.init), "\(query)")
        }
    }
}

@Suite struct `A frame's picture` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    @Test func `comes byte for byte`() async throws {
        let writer = try await archive.open()
        let frame = try await writer.store(1)
        try await writer.close()
        let picture = try await Catalog.open(at: archive.path).picture(of: frame)
        #expect(picture.readableBytes == frame.bytes.bytes)
        #expect(picture.readableBytesView.suffix(2).elementsEqual([0xFF, 0xD9]))
    }

    @Test(arguments: [
        "UPDATE picture_content SET jpeg = CAST(substr(jpeg, 1, 99) || x'55' || substr(jpeg, 101) AS BLOB);",
        "DELETE FROM picture_content;",
    ])
    func `is refused by the frame's name where it changed at rest`(damage: String) async throws {
        let writer = try await archive.open()
        let frame = try await writer.store(1)
        try await writer.close()
        try archive.sqlite(damage)
        let catalog = try Catalog.open(at: archive.path)
        let error = await #expect(throws: ArchiveError.self) { try await catalog.picture(of: frame) }
        #expect(error?.label == "damaged")
        #expect(error?.description.contains("frame 1") == true)
        #expect(try await catalog.verify().damaged.map(\.frame) == [frame.id])
    }
}
