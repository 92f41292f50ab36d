import Storage
import Testing
import Vocabulary

@testable import Catalog

@Suite struct `Near frames` {
    private func expected(_ id: FrameID, _ query: FrameQuery, in catalog: Catalog) async throws -> [FrameID] {
        var plain = query
        (plain.limit, plain.after) = (nil, nil)
        let wanted = try #require(try await catalog.frame(id)).perceptualHash
        let direction: Int64 = query.order == .oldestFirst ? 1 : -1
        return try await catalog.frames(plain).filter { $0.id != id }
            .map { (distance: $0.perceptualHash.distance(to: wanted), place: direction * $0.id.number, id: $0.id) }
            .sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }.map(\.id)
    }

    private static let filters: [FrameQuery] = [
        FrameQuery(), FrameQuery(camera: .other), FrameQuery(print: 2), FrameQuery(excluded: true),
        FrameQuery(excluded: false), FrameQuery(camera: .printer, since: .start + .seconds(3000)),
        FrameQuery(until: .start + .seconds(9000)), FrameQuery(camera: try! CameraName("nobody")),
    ]

    @Test(arguments: FrameOrder.allCases)
    func `are the nearest of all, page by page, whatever is asked of them`(order: FrameOrder) async throws {
        let archive = try TemporaryArchive()
        try await archive.fill(frames: 12_000)
        let catalog = try Catalog.open(at: archive.path)
        for filter in Self.filters {
            var query = filter
            (query.order, query.limit) = (order, 30)
            let all = try await expected(FrameID(4711), query, in: catalog)
            let first = try await catalog.frames(near: FrameID(4711), query)
            query.after = first.last?.cursor
            let second = first.isEmpty ? [] : try await catalog.frames(near: FrameID(4711), query)
            #expect((first + second).map(\.frame.id) == Array(all.prefix(60)), "\(filter)")
        }
    }

    @Test func `are none that were removed, and soon those that were stored`() async throws {
        let archive = try TemporaryArchive()
        try await archive.fill(frames: 5000)
        let catalog = try Catalog.open(at: archive.path)
        let before = try await catalog.frames(near: FrameID(100), FrameQuery(limit: 20)).map(\.frame.id)
        try archive.sqlite(
            "DELETE FROM frame WHERE id IN (\(before.prefix(10).map(\.description).joined(separator: ",")));")
        let writer = try await archive.open()
        let stored = try await writer.store(9000)
        try await writer.close()
        try archive.sqlite(
            "UPDATE frame SET perceptual_hash = (SELECT perceptual_hash FROM frame WHERE id = 100) WHERE id = \(stored.id);"
        )
        let after = try await catalog.frames(near: FrameID(100), FrameQuery(limit: 11))
        #expect(after.map(\.frame.id) == [stored.id] + before.dropFirst(10))
        #expect(after.first?.distance == 0)
    }

    @Test func `are asked for of a frame that is there`() async throws {
        let archive = try TemporaryArchive()
        try await archive.fill(frames: 10)
        let catalog = try Catalog.open(at: archive.path)
        await #expect(throws: ArchiveError.noSuchFrame(FrameID(11))) { try await catalog.frames(near: FrameID(11)) }
        #expect(try await catalog.frames(near: FrameID(1)).count == 9)
        #expect(try await catalog.frames(near: FrameID(1), FrameQuery(limit: 0)).isEmpty)
    }

    @Test func `are read from the archive block by block, each by its number`() async throws {
        let archive = try TemporaryArchive()
        try await archive.fill(frames: 5000)
        let catalog = try Catalog.open(at: archive.path)
        let plan = try await catalog.queryPlan(of: { _ = try await $0.frames(near: FrameID(1), FrameQuery(limit: 20)) })
        #expect(plan.steps.contains { $0.contains("SEARCH frame USING INTEGER PRIMARY KEY (rowid>?)") }, "\(plan)")
        #expect(plan.sorts.isEmpty, "\(plan)")
    }
}

@Suite struct `A search among hashes` {
    /// More than two blocks, in which most frames are as near as others.
    private let table: HashTable = {
        var (table, state) = (HashTable(), UInt64(42))
        table.append(
            (1...Int64(150_000)).map { id in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return HashedFrame(id: id, hash: state >> 33 & 0xFF, capturedAt: id * 1000, camera: Int32(id % 3))
            })
        return table
    }()

    @Test(arguments: FrameOrder.allCases, [1, 20, 700])
    func `finds the same as looking at each`(order: FrameOrder, limit: Int) async {
        let search = HashSearch(
            wanted: PerceptualHash(bits: 0x0F), camera: 2, instants: 1_000_000..<149_000_000, order: order,
            after: .init(distance: 0, id: 70_000), limit: limit)
        var all: [HashSearch.Hit] = []
        for block in table.blocks {
            for place in block.ids.indices where block.cameras[place] == 2 {
                guard search.instants.contains(block.instants[place]) else { continue }
                let hit = HashSearch.Hit(
                    distance: (block.hashes[place] ^ 0x0F).nonzeroBitCount, id: block.ids[place])
                let isLater = order == .oldestFirst ? hit.id > 70_000 : hit.id < 70_000
                if hit.distance > 0 || isLater { all.append(hit) }
            }
        }
        let sign: Int64 = order == .oldestFirst ? 1 : -1
        all.sort { ($0.distance, sign * $0.id) < ($1.distance, sign * $1.id) }
        #expect(table.blocks.count == 3)
        #expect(await search.nearest(in: table) == Array(all.prefix(limit)))
    }
}
