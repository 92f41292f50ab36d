import Storage
import Testing
import Vocabulary

@testable import Catalog

@Suite struct `A list of prints` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    private func ids(_ query: PrintQuery) async throws -> [Int64] {
        try await Catalog.open(at: archive.path).prints(query).map(\.id)
    }

    @Test func `has the newest first, and those that meet every condition`() async throws {
        try await archive.fill(frames: 10_000)
        try archive.sqlite(
            """
            UPDATE print SET state = 'printing', ended_at = NULL WHERE id = 6;
            UPDATE print SET name = 'Benchy 100%', state = 'failed' WHERE id = 2;
            """)
        #expect(try await ids(PrintQuery()) == [6, 5, 4, 3, 2, 1])
        #expect(try await ids(PrintQuery(camera: .other)) == [])
        #expect(try await ids(PrintQuery(camera: .printer, limit: 2)) == [6, 5])
        #expect(try await ids(PrintQuery(limit: 2, before: 4)) == [3, 2])
        #expect(try await ids(PrintQuery(states: [.failed, .printing])) == [6, 2])
        #expect(try await ids(PrintQuery(name: "bENCH")) == [2])
        #expect(try await ids(PrintQuery(name: "0%")) == [2])
        #expect(try await ids(PrintQuery(name: "%")) == [2])
        #expect(try await ids(PrintQuery(since: .start + .seconds(8500))) == [6, 5])
        #expect(try await ids(PrintQuery(until: .start + .seconds(2000))) == [1])
        #expect(try await ids(PrintQuery(since: .start + .seconds(1999), until: .start + .seconds(4001))) == [3, 2, 1])
    }

    @Test func `counts all frames, those that the totals do not hold yet included`() async throws {
        let writer = try await archive.open()
        for number in 0..<300 { try await writer.store(number, print: Int64(number / 100)) }
        try await writer.close()
        #expect(try archive.sqlite("SELECT sum(frames) FROM print;") == "255\n")
        let prints = try await Catalog.open(at: archive.path).prints()
        #expect(prints.map(\.frames) == [100, 100, 100])
        let bytes = try archive.sqlite("SELECT sum(bytes) FROM frame GROUP BY print_id ORDER BY print_id DESC;")
        #expect(prints.map { "\($0.bytes.bytes)\n" }.joined() == bytes)
        #expect(prints.map(\.firstCapturedAt) == [200, 100, 0].map { .start + .seconds(10 * $0) })
        #expect(prints.map(\.lastCapturedAt) == [299, 199, 99].map { .start + .seconds(10 * $0) })
    }

    @Test func `shows its marks`() async throws {
        try await archive.fill(frames: 10)
        try archive.sqlite("UPDATE print SET excluded = 1, note = 'first try' WHERE id = 1;")
        let print = try #require(try await Catalog.open(at: archive.path).print(1))
        #expect(print.excluded)
        #expect(!print.pinned)
        #expect(print.note == "first try")
        #expect(try await Catalog.open(at: archive.path).print(2) == nil)
    }

    @Test(arguments: [
        PrintQuery(), PrintQuery(camera: .printer), PrintQuery(limit: 20, before: 5),
        PrintQuery(since: .start, name: "x"),
    ])
    func `counts no frames one by one, and sorts nothing`(query: PrintQuery) async throws {
        try await archive.fill(frames: 10)
        let plan = try await Catalog.open(at: archive.path).queryPlan(of: { _ = try await $0.prints(query) })
        #expect(plan.scans(of: "frame").isEmpty, "\(plan)")
        #expect(plan.sorts.isEmpty, "\(plan)")
        #expect(!plan.steps.contains { $0.contains("SEARCH frame") && !$0.contains("COVERING INDEX frame_by_print") })
    }
}
