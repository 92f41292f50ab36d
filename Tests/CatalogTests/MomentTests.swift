import Catalog
import Foundation
import Storage
import Testing
import Vocabulary

@Suite struct `What a camera showed at an instant` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Slots 0 to 2 stored; 3 and 4 show the third frame again; 5 to 8 offline; 9 stored, and from 10 on nobody captured.
    private func catalog() async throws -> Catalog {
        let writer = try await archive.open()
        for number in 0..<3 { try await writer.store(number) }
        try await writer.record(.duplicate, slots: 3..<5, seen: FrameID(3))
        try await writer.record(.offline, "printer", slots: 5..<9)
        try await writer.store(9)
        try await writer.close()
        return try Catalog.open(at: archive.path)
    }

    private func shown(_ seconds: Int) async throws -> ShownFrame? {
        try await catalog().frames(at: .start + .seconds(seconds), camera: .printer).first
    }

    @Test(arguments: [(0, 1), (9, 1), (10, 2), (25, 3), (30, 3), (49, 3), (90, 4), (99, 4)])
    func `is the newest frame by then, if a slot says that it was still there`(seconds: Int, frame: Int64) async throws
    {
        let shown = try #require(try await shown(seconds))
        #expect(shown.frame.id == FrameID(frame))
        #expect(shown.isCertain)
        #expect(shown.gap == nil)
    }

    @Test(arguments: [50, 89])
    func `is the last one known in a hole, with its reason`(seconds: Int) async throws {
        let shown = try #require(try await shown(seconds))
        #expect(shown.frame.id == FrameID(3))
        #expect(!shown.isCertain)
        #expect(shown.gap?.outcome == .offline)
        #expect(shown.gap?.from == .start + .seconds(50))
    }

    @Test func `is not known after the last slot`() async throws {
        let shown = try #require(try await shown(100))
        #expect(shown.frame.id == FrameID(4))
        #expect(!shown.isCertain)
        #expect(shown.gap == nil)
    }

    @Test func `is not known where its frame was removed`() async throws {
        _ = try await catalog()
        try archive.sqlite("DELETE FROM frame WHERE id IN (2, 3);")
        let catalog = try Catalog.open(at: archive.path)
        for (seconds, outcome) in [(25, SlotOutcome.stored), (35, .duplicate)] {
            let shown = try #require(try await catalog.frames(at: .start + .seconds(seconds)).first)
            #expect(shown.frame.id == FrameID(1))
            #expect(!shown.isCertain)
            #expect(shown.gap?.outcome == outcome)
        }
    }

    @Test func `is told of every camera that had a frame by then`() async throws {
        let writer = try await archive.open()
        try await writer.store(1)
        try await writer.store(5, camera: .other)
        try await writer.close()
        let catalog = try Catalog.open(at: archive.path)
        #expect(try await catalog.frames(at: .start).isEmpty)
        #expect(try await catalog.frames(at: .start + .seconds(20)).map(\.frame.camera) == [.printer])
        #expect(try await catalog.frames(at: .start + .seconds(55)).map(\.frame.camera) == [.other, .printer])
        #expect(try await catalog.frames(at: .start + .seconds(55), camera: .other).count == 1)
    }

    @Test func `says in JSON how it is known`() async throws {
        let json = String(decoding: try JSONEncoder().encode(try await shown(50)), as: UTF8.self)
        #expect(json.contains(#""certain":false"#))
        #expect(json.contains(#""at":"2027-01-15T08:00:50.000Z""#))
        #expect(json.contains(#""outcome":"offline""#))
        #expect(json.contains(#""captured_at":"2027-01-15T08:00:20.000Z""#))
    }

    @Test func `is found by the camera's index`() async throws {
        let plan = try await catalog().queryPlan(of: { _ = try await $0.frames(at: .start + .seconds(50)) })
        #expect(plan.scans(of: "frame", "ledger_run").isEmpty, "\(plan)")
    }
}
