import Archive
import Storage
import Testing
import Vocabulary

@testable import Catalog

@Suite struct `How cameras stand` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    @Test func `is what separate questions say, in the order of the cameras`() async throws {
        let writer = try await archive.open()
        for number in 0..<5 { try await writer.store(number, print: 1) }
        try await writer.record(.offline, "connection_refused", slots: 5..<8)
        try await writer.store(3, camera: .other)
        try await writer.recordUsage(
            UsageReading(readAt: .start, total: ByteCount(7), monthlyCap: nil, resetAt: .start + .seconds(86_400)),
            camera: .printer, received: .zero, proxied: .zero, captures: 0)
        try await writer.close()
        let catalog = try Catalog.open(at: archive.path)
        let now = Timestamp.start + .seconds(100)
        let unknown = try CameraName("unknown")
        let standings = try await catalog.standings(of: [.printer, unknown, .other], at: now)

        #expect(standings.map(\.camera) == [.printer, unknown, .other])
        let plan = try await catalog.queryPlan { _ = try await $0.standings(of: [.printer, .other], at: now) }
        #expect(plan.scans(of: "camera", "frame", "newest", "usage_reading", "ledger_run").isEmpty, "\(plan)")
        for standing in standings {
            let camera = standing.camera
            #expect(
                try await catalog.timeline(TimelineQuery(camera: camera, order: .newestFirst)) == standing.runs)
            #expect(
                try await catalog.frames(FrameQuery(camera: camera, limit: 1, order: .newestFirst)).first
                    == standing.frame)
            #expect(standing.lastCapturedAt == standing.frame?.capturedAt)
            #expect(try await catalog.usageReadings(camera: camera).first?.reading == standing.reading)
            #expect(try await catalog.prints(PrintQuery(camera: camera)).first == standing.print)
            #expect(standing.runAhead == nil)
        }
        #expect(standings.map { $0.runs.count } == [2, 0, 1])
        #expect(standings.map { $0.printingSince == nil } == [false, true, true])
    }

    @Test func `tells what lies ahead of now apart`() async throws {
        let writer = try await archive.open()
        for number in 0..<3 { try await writer.store(number) }
        try await writer.record(.offline, slots: 5..<8)
        try await writer.store(9)
        try await writer.close()
        let now = Timestamp.start + .seconds(15)
        let standing = try #require(
            try await Catalog.open(at: archive.path).standings(of: [.printer], at: now).first)
        #expect(standing.runs.map(\.from) == [.start])
        #expect(standing.runAhead?.from == .start + .seconds(90))
        #expect(standing.frame?.capturedAt == .start + .seconds(90))
        #expect(standing.lastCapturedAt == .start + .seconds(10))
    }

    @Test func `is the same where it is known how they stood a while ago`() async throws {
        let writer = try await archive.open()
        for number in 0..<3 { try await writer.store(number) }
        try await writer.record(.offline, slots: 3..<5)
        let catalog = try Catalog.open(at: archive.path)
        let now = Timestamp.start + .seconds(1000)
        func standings(since known: [CameraStanding]) async throws -> [CameraStanding] {
            try await catalog.standings(
                of: [.printer, .other], at: now, since: Dictionary(uniqueKeysWithValues: known.map { ($0.camera, $0) }))
        }
        var known = try await standings(since: [])
        let changes: [() async throws -> Void] = [
            { try await writer.record(.offline, slots: 5..<6) },  // the last run goes on
            { for number in 6..<8 { try await writer.store(number) } },
            { try await writer.record(.timeout, slots: 8..<9) },
            { try await writer.store(3, camera: .other) },
            {},
        ]
        for change in changes {
            try await change()
            let (whole, continued) = (try await standings(since: []), try await standings(since: known))
            #expect(continued.map(\.runs) == whole.map(\.runs))
            #expect(continued.map(\.frame) == whole.map(\.frame))
            known = continued
        }
        // Somebody took the last run out.
        try await writer.close()
        try archive.sqlite(
            "DELETE FROM ledger_run WHERE from_at = (SELECT max(from_at) FROM ledger_run WHERE camera_id = 1)")
        #expect(try await standings(since: known).map(\.runs) == standings(since: []).map(\.runs))
        #expect(try await standings(since: known).map(\.runs) != known.map(\.runs))
    }

    @Test func `has the newest print under way, and since when the newest runs that is not held`() async throws {
        try await archive.fill(frames: 10_000)
        try archive.sqlite(
            """
            UPDATE print SET state = 'printing', ended_at = NULL WHERE id IN (2, 4);
            UPDATE print SET state = 'paused', ended_at = NULL WHERE id = 5;
            """)
        let catalog = try Catalog.open(at: archive.path)
        let standing = try #require(
            try await catalog.standings(of: [.printer], at: .start + .seconds(200_000)).first)
        #expect(standing.print?.id == 5)
        #expect(standing.printingSince == (try await catalog.print(4))?.startedAt)
    }
}
