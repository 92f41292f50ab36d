import Catalog
import Storage
import Testing
import Vocabulary

@Suite struct `Frames asked for by their numbers` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    private func catalog(frames: Int) async throws -> Catalog {
        let writer = try await archive.open()
        for number in 0..<frames { try await writer.store(number, camera: number == 1 ? .other : .printer) }
        try await writer.close()
        return try Catalog.open(at: archive.path)
    }

    @Test func `come with the records that they have one by one, in whatever order they were asked for`() async throws {
        let catalog = try await catalog(frames: 4)
        let wanted = [FrameID(4), FrameID(2), FrameID(1)]
        let records = try await catalog.frames(wanted)
        #expect(Set(records.keys) == Set(wanted))
        for id in wanted {
            let single = try await catalog.frame(id)
            #expect(records[id] == single)
        }
        #expect(records[FrameID(2)]?.camera == .other)
    }

    @Test func `come once where they were asked for twice`() async throws {
        let records = try await catalog(frames: 1).frames([FrameID(1), FrameID(1)])
        #expect(records.keys.map(\.number) == [1])
    }

    @Test func `are absent where there are none`() async throws {
        let catalog = try await catalog(frames: 1)
        #expect(try await catalog.frames([FrameID(7), FrameID(1), FrameID(.max)]).keys.map(\.number) == [1])
        #expect(try await catalog.frames([]).isEmpty)
    }

    @Test func `are looked up, and no table is gone through`() async throws {
        let plan = try await catalog(frames: 3).queryPlan(of: { _ = try await $0.frames([FrameID(3), FrameID(1)]) })
        #expect(plan.scans(of: "frame", "camera").isEmpty, "\(plan)")
        #expect(plan.steps.contains { $0.hasPrefix("SEARCH frame USING INTEGER PRIMARY KEY") }, "\(plan)")
    }
}
