import Storage
import Testing
import Vocabulary

@testable import Catalog

@Suite struct `The timeline from far away` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    private func at(_ slot: Int) -> Timestamp { .start + .seconds(10 * slot) }

    /// Slots 0–2 stored, 3–6 offline, 7–9 repeat the last frame; the other camera's slot 4 stored.
    private func catalog() async throws -> Catalog {
        let writer = try await archive.open()
        for number in 0..<3 { try await writer.store(number) }
        try await writer.record(.offline, slots: 3..<7)
        try await writer.record(.duplicate, slots: 7..<10, seen: FrameID(3))
        try await writer.store(4, camera: .other)
        try await writer.close()
        return try Catalog.open(at: archive.path)
    }

    @Test func `tells for each cell how long was seen and how long not`() async throws {
        let coverage = try #require(try await catalog().coverage(cells: 5))
        #expect(coverage.from == at(0))
        #expect(coverage.until == at(10))
        #expect(coverage.cameras.map(\.camera) == [.other, .printer])
        let printer = try #require(coverage.cameras.last).cells
        #expect(printer.map(\.seen) == [20, 10, 0, 10, 20].map(Duration.seconds))
        #expect(printer.map(\.unseen) == [0, 10, 20, 10, 0].map(Duration.seconds))
        #expect(printer.map(\.hasNewFrame) == [true, true, false, false, false])
        let other = try #require(coverage.cameras.first).cells
        #expect(other.map(\.seen) == [0, 0, 10, 0, 0].map(Duration.seconds))
        #expect(other.allSatisfy { $0.unseen == .zero })
    }

    @Test func `is cut to the stretch asked for`() async throws {
        let coverage = try await catalog().coverage(camera: .printer, since: at(5), until: at(8), cells: 3)
        let cells = try #require(coverage?.cameras.first).cells
        #expect(cells.map(\.unseen) == [10, 10, 0].map(Duration.seconds))
        #expect(cells.map(\.seen) == [0, 0, 10].map(Duration.seconds))
        #expect(coverage?.cameras.count == 1)
    }

    @Test func `is nothing where the ledger tells nothing`() async throws {
        let catalog = try await catalog()
        #expect(try await catalog.coverage(since: at(20), cells: 5) == nil)
        #expect(try await catalog.coverage(camera: try CameraName("nobody"), cells: 5) == nil)
        #expect(try await catalog.coverage(since: at(20), until: at(30), cells: 5) == nil)
    }

    @Test(arguments: 1...40)
    func `loses no time, whatever the number of cells`(cells: Int) {
        var coverage = CameraCoverage(camera: .printer, from: at(0), until: at(10) + .milliseconds(7), cells: cells)
        for (index, kind) in [CameraCoverage.Kind.new, .gap, .repeated].enumerated() {
            coverage.add(from: at(index * 3), until: at(index * 3 + 3), kind)
        }
        coverage.add(from: at(-50), until: at(0), .gap)
        coverage.add(from: at(60), until: at(70), .new)
        #expect(coverage.cells.count == cells)
        #expect(coverage.cells.map(\.seen).reduce(.zero, +) == .seconds(60))
        #expect(coverage.cells.map(\.unseen).reduce(.zero, +) == .seconds(30))
    }

    @Test func `needs no scan for one camera's stretch`() async throws {
        let catalog = try await catalog()
        let plan = try await catalog.queryPlan {
            _ = try await $0.coverage(camera: .printer, since: at(2), until: at(5), cells: 10)
        }
        #expect(plan.scans(of: "ledger_run", "earlier") == [], "\(plan)")
        #expect(plan.sorts == [], "\(plan)")
    }
}
