import Foundation
import Storage
import Testing
import Vocabulary

@testable import Catalog

@Suite struct `The timeline, page by page` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Two cameras: the printer's slots go in turn stored, offline, cap, stored, …; the other's slots are stored, three long runs.
    private func catalog() async throws -> Catalog {
        let writer = try await archive.open()
        for number in 0..<30 {
            switch number % 3 {
            case 0: try await writer.store(number)
            case 1: try await writer.record(.offline, "no agent", slots: number..<number + 1)
            default: try await writer.record(.cap, slots: number..<number + 1)
            }
        }
        for number in [0, 1, 2, 10, 11, 28] { try await writer.store(number, camera: .other) }
        try await writer.close()
        return try Catalog.open(at: archive.path)
    }

    private func at(_ slot: Int) -> Timestamp { .start + .seconds(10 * slot) }

    private func queries() -> [TimelineQuery] {
        let stretches: [(Timestamp?, Timestamp?)] = [
            (nil, nil), (at(11), nil), (nil, at(20)), (at(1), at(12)), (at(29), at(3)),
        ]
        let outcomes: [Set<SlotOutcome>?] = [nil, SlotOutcome.gaps, [.cap], [.stored, .cap], [.stored], []]
        return stretches.flatMap { since, until in
            outcomes.flatMap { outcomes in
                [nil, CameraName.printer, .other].map {
                    TimelineQuery(camera: $0, since: since, until: until, outcomes: outcomes)
                }
            }
        }
    }

    /// What a query has, by going through all runs.
    private func expected(_ query: TimelineQuery, of runs: [LedgerRun]) -> [LedgerRun] {
        let chosen = runs.filter { run in
            (query.camera.map { $0 == run.camera } ?? true) && (query.outcomes?.contains(run.outcome) ?? true)
                && (query.since.map { run.until > $0 } ?? true) && (query.until.map { run.from < $0 } ?? true)
        }
        return query.order == .oldestFirst ? chosen : chosen.reversed()
    }

    @Test(arguments: FrameOrder.allCases, [1, 3, 100])
    func `is what is asked for, in every order and at every size of a page`(order: FrameOrder, pageSize: Int)
        async throws
    {
        let catalog = try await catalog()
        let runs = try await catalog.timeline()
        #expect(runs.count == 30 + 3)
        for query in queries() {
            var query = query
            query.order = order
            var met: [LedgerRun] = []
            try await catalog.forEachRun(query, pageSize: pageSize) { met.append($0) }
            #expect(met == expected(query, of: runs), "\(query)")
        }
    }

    @Test func `goes on behind a run that is written down`() async throws {
        let catalog = try await catalog()
        let runs = try await catalog.timeline()
        for run in runs {
            let place = try #require(TimelineCursor(TimelineCursor(after: run).description))
            let rest = try await catalog.timeline(TimelineQuery(limit: 4, after: place))
            let index = try #require(runs.firstIndex(of: run))
            #expect(rest == Array(runs.dropFirst(index + 1).prefix(4)))
        }
    }

    @Test(arguments: [
        "", "2027-01-15T08:00:00.000Z", "2h/printer", "2027-01-15/printer", "2027-01-15T08:00:00.000Z/../x", "/",
    ])
    func `begins at no place that is none`(text: String) {
        #expect(TimelineCursor(text) == nil)
    }

    @Test func `has its newest runs behind one place`() async throws {
        let catalog = try await catalog()
        let runs = try await catalog.timeline(TimelineQuery(camera: .printer))
        for count in [0, 1, 7, 29] {
            var query = TimelineQuery(camera: .printer)
            query.after = try await catalog.place(beforeNewest: count, of: query)
            #expect(query.after != nil)
            #expect(try await catalog.timeline(query) == Array(runs.suffix(count)))
        }
        #expect(try await catalog.place(beforeNewest: 30, of: TimelineQuery(camera: .printer)) == nil)
    }

    @Test func `sums its holes up, cut to the stretch`() async throws {
        let writer = try await archive.open()
        try await writer.store(0)
        try await writer.record(.offline, "no agent", slots: 1..<7)
        try await writer.record(.cap, slots: 7..<9)
        try await writer.store(9)
        try await writer.close()
        let catalog = try Catalog.open(at: archive.path)
        let all = try await catalog.summary(of: TimelineQuery(outcomes: SlotOutcome.gaps, limit: 1))
        #expect(all.runs == 2)
        #expect(all.duration == .seconds(80))
        #expect(all.longest?.outcome == .offline)
        #expect(all.longestDuration == .seconds(60))
        let part = try await catalog.summary(of: TimelineQuery(since: at(6), until: at(8), outcomes: SlotOutcome.gaps))
        #expect(part.runs == 2)
        #expect(part.duration == .seconds(20))
        let none = try await catalog.summary(of: TimelineQuery(since: at(9), outcomes: SlotOutcome.gaps))
        #expect(none == TimelineSummary())
    }

    @Test func `comes from indexes, in order, without a scan`() async throws {
        let catalog = try await catalog()
        let first = try #require(try await catalog.timeline().first)
        for query in queries() {
            for order in FrameOrder.allCases {
                var query = query
                query.order = order
                query.after = TimelineCursor(after: first)
                let plan = try await catalog.queryPlan { _ = try await $0.timeline(query) }
                #expect(plan.scans(of: "ledger_run", "earlier") == [], "\(query)\n\(plan)")
                // Only what reaches into the stretch is sorted: a run a camera.
                #expect(
                    plan.sorts.count <= (plan.steps.contains("SCAN camera") || query.since != nil ? 1 : 0), "\(plan)")
            }
        }
    }
}
