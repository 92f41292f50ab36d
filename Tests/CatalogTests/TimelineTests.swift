import Foundation
import Storage
import Testing
import Vocabulary

@testable import Catalog

@Suite struct `The timeline` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Slots 0–2 stored, 3–9 offline, 10–11 rejected, 12–13 repeat the third frame, 14 stored; another camera's slot
    /// 4 stored.
    private func catalog() async throws -> Catalog {
        let writer = try await archive.open()
        for number in 0..<3 { try await writer.store(number) }
        try await writer.record(.offline, "no agent", slots: 3..<10)
        try await writer.record(.rejected, "truncated", slots: 10..<12, received: ByteCount(500))
        try await writer.record(.duplicate, slots: 12..<13, seen: FrameID(3), received: ByteCount(400))
        try await writer.record(.unchanged, slots: 13..<14, seen: FrameID(3))
        try await writer.store(14)
        try await writer.store(4, camera: .other)
        try await writer.close()
        return try Catalog.open(at: archive.path)
    }

    private func at(_ slot: Int) -> Timestamp { .start + .seconds(10 * slot) }

    @Test func `has the runs of a camera in order`() async throws {
        let runs = try await catalog().timeline(TimelineQuery(camera: .printer))
        #expect(runs.map(\.outcome) == [.stored, .offline, .rejected, .duplicate, .unchanged, .stored])
        #expect(runs.map(\.slots) == [3, 7, 2, 1, 1, 1])
    }

    @Test func `has all cameras, mixed by time`() async throws {
        let runs = try await catalog().timeline(TimelineQuery(since: at(3), until: at(11)))
        #expect(runs.map(\.outcome) == [.offline, .stored, .rejected])
        #expect(runs.map(\.camera) == [.printer, .other, .printer])
    }

    @Test func `has the gaps alone, with their reasons`() async throws {
        let runs = try await catalog().timeline(TimelineQuery(outcomes: SlotOutcome.gaps))
        #expect(runs.map(\.detail?.label) == ["no agent", "truncated"])
        #expect(runs.map(\.isGap) == [true, true])
    }

    @Test func `has what reaches into the stretch asked for`() async throws {
        let catalog = try await catalog()
        let inside = try await catalog.timeline(
            TimelineQuery(camera: .printer, since: at(5), until: at(6)))
        #expect(inside.map(\.outcome) == [.offline])
        let edge = try await catalog.timeline(
            TimelineQuery(camera: .printer, since: at(10), until: at(12)))
        #expect(edge.map(\.outcome) == [.rejected])
        #expect(try await catalog.timeline(TimelineQuery(camera: .printer, since: at(15))) == [])
        #expect(try await catalog.timeline(TimelineQuery(camera: .printer, until: at(0))) == [])
    }

    @Test func `can begin with the newest, and be cut`() async throws {
        let runs = try await catalog().timeline(
            TimelineQuery(camera: .printer, limit: 2, order: .newestFirst))
        #expect(runs.map(\.outcome) == [.stored, .unchanged])
    }

    @Test func `is counted by outcome, verdict, day and camera`() async throws {
        let catalog = try await catalog()
        let statistics = try await catalog.statistics()
        let frames = try await catalog.frames(FrameQuery())
        #expect(statistics.frames == 5)
        #expect(statistics.bytes == frames.reduce(.zero) { $0 + $1.bytes })
        #expect(statistics.slots[.stored] == 5)
        #expect(statistics.slots[.offline] == 7)
        #expect(statistics.slots[.missed] == 0)
        #expect(statistics.rejections == ["truncated": 2])
        #expect(statistics.duplicates == 2)
        #expect(statistics.bytesSaved == frames[2].bytes + frames[2].bytes)
        #expect(statistics.received == ByteCount(5 * 1000 + 2 * 500 + 400))
        #expect(statistics.days.map(\.day) == ["2027-01-15"])
        #expect(statistics.days.map(\.frames) == [5])
        #expect(statistics.cameras.map(\.camera) == ["other", "printer"])
        #expect(statistics.cameras.map(\.frames) == [1, 4])
    }

    @Test func `is counted for a stretch that cuts runs`() async throws {
        let statistics = try await catalog().statistics(camera: .printer, since: at(1) + .seconds(1), until: at(11))
        #expect(statistics.frames == 1)
        #expect(statistics.slots[.stored] == 1)
        #expect(statistics.slots[.offline] == 7)
        #expect(statistics.slots[.rejected] == 1)
        #expect(statistics.received == ByteCount(1000 + 500))
        #expect(statistics.cameras.map(\.camera) == ["printer"])
    }

    @Test func `has nothing to count in an empty archive`() async throws {
        try await archive.open().close()
        var nothing = Statistics()
        (nothing.storedBytes, nothing.compactedBytes) = (.zero, .zero)
        (nothing.offloadedPictures, nothing.offloadedBytes) = (0, .zero)
        #expect(try await Catalog.open(at: archive.path).statistics() == nothing)
    }
}
