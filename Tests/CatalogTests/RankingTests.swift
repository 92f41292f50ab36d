import Storage
import Testing
import Vocabulary

@testable import Catalog

@Suite struct `A ranked list of frames` {
    private static let filters: [FrameQuery] = [
        FrameQuery(), FrameQuery(camera: .other), FrameQuery(print: 2),
        FrameQuery(since: .start + .seconds(1000), until: .start + .seconds(9000)),
        FrameQuery(camera: .printer, since: .start + .seconds(11_000)), FrameQuery(excluded: false),
        FrameQuery(excluded: true), FrameQuery(pinned: true), FrameQuery(noted: true), FrameQuery(noted: false),
        FrameQuery(camera: .printer, pinned: true), FrameQuery(camera: try! CameraName("nobody")),
    ]

    /// What the list should be: every frame by its value, as the record has it.
    private func expected(_ query: FrameQuery, _ ranking: FrameRanking, in catalog: Catalog) async throws -> [FrameID] {
        var plain = query
        (plain.ranking, plain.limit, plain.after) = (nil, nil, nil)
        let frames = try await catalog.frames(plain)
        let ranked = frames.enumerated().compactMap { place, frame in
            ranking.value(of: frame).map { (value: ranking == .changed ? -$0 : $0, place: place, id: frame.id) }
        }
        return ranked.sorted { ($0.value, $0.place) < ($1.value, $1.place) }.map(\.id)
    }

    @Test(arguments: FrameRanking.allCases)
    func `has the first ones of all, page by page, whatever is asked of them`(ranking: FrameRanking) async throws {
        let archive = try TemporaryArchive()
        try await archive.fill(frames: 12_000)
        let catalog = try Catalog.open(at: archive.path)
        for filter in Self.filters {
            for order in FrameOrder.allCases {
                var query = filter
                (query.ranking, query.order, query.limit) = (ranking, order, 90)
                let all = try await expected(query, ranking, in: catalog)
                var met: [FrameID] = []
                try await catalog.forEachFrame(query, pageSize: 40) { met.append($0.id) }
                #expect(met == Array(all.prefix(90)), "\(query)")
            }
        }
    }

    @Test func `goes on where it was, though frames came and went meanwhile`() async throws {
        let archive = try TemporaryArchive()
        try await archive.fill(frames: 6000)
        let catalog = try Catalog.open(at: archive.path)
        var query = FrameQuery(limit: 30, ranking: .changed)
        let all = try await expected(query, .changed, in: catalog)
        let page = try await catalog.frames(query)
        // The last of the page is gone, and a frame is there that belongs before it.
        let newcomer = try #require(all[1000...].first { $0 < page[29].id })
        try archive.sqlite(
            """
            DELETE FROM frame WHERE id = \(page[29].id);
            UPDATE frame SET changed_percent = 100 WHERE id = \(newcomer);
            """)
        query.after = query.cursor(after: page[29])
        #expect(try await catalog.frames(query).map(\.id) == Array(all[30..<60]))
    }

    @Test(arguments: FrameRanking.allCases)
    func `is found in its index, without sorting more than a few frames`(ranking: FrameRanking) async throws {
        let archive = try TemporaryArchive()
        try await archive.fill(frames: 9000)
        let catalog = try Catalog.open(at: archive.path)
        for filter in Self.filters {
            var query = filter
            (query.ranking, query.limit) = (ranking, 20)
            query.after = FrameCursor(rank: 30, capturedAt: .start + .seconds(100), id: FrameID(100))
            let plan = try await catalog.queryPlan(of: { _ = try await $0.frames(query) })
            let hasMany = try await catalog.read { [query] in try query.hasMany(in: $0) }
            #expect(plan.steps.contains { $0.contains(ranking.index) } == hasMany, "\(plan)")
            #expect(plan.sorts.isEmpty == hasMany, "\(plan)")
            // Looked through are only marked frames, and entries of an index up to the bound.
            let scans = plan.scans(of: "frame").filter { step in
                !["COVERING INDEX", "frame_excluded", "frame_pinned", "frame_noted"].contains { step.contains($0) }
            }
            #expect(scans.isEmpty || filter.excluded == false || filter.noted == false, "\(plan)")
        }
    }
}
