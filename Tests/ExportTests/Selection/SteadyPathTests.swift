import Archive
import TestThreads
import Testing

@testable import Export

@Suite struct `A steady choice of frames` {
    @Test(.ownThread, arguments: [1, 2, 3] as [UInt64])
    func `keeps the head of a simulated print in its place`(seed: UInt64) throws {
        let head = try SimulatedHead(seed: seed, steps: 11, candidates: 32)
        let steady = head.steadily()
        #expect(steady.count == 11)
        #expect(zip(steady, 0...).allSatisfy { place, step in place / head.length == step })
        #expect(head.spacingError(steady) < 0.5)
        // Of all frames: those in the middles of eleven steps may stand alike by chance.
        let usual = head.spread(Array(head.positions.indices))
        let spread = head.spread(steady)
        #expect(spread < usual / 5, "\(spread) mm of \(usual) mm")
        let room = UneasyRoom()
        let uneasy = head.spread(head.steadily { room.picture($0, of: $1) })
        #expect(uneasy < usual / 5, "\(uneasy) mm of \(usual) mm")
    }

    @Test func `takes one frame of every step in an export, in order`() async throws {
        let footage = try await Footage(count: 30)
        let exporter = Exporter(catalog: footage.catalog)
        let request = footage.request("frames") { ($0.selection.isSteady, $0.selection.most) = (true, 4) }
        let plan = try await exporter.plan(ExportJob(request)) { _ in }
        #expect(plan.taken.count == 4)
        #expect(zip(plan.taken.dropFirst(), plan.taken).allSatisfy { $0.capturedAt > $1.capturedAt })
        #expect(plan.leftOut.thinned == 26)
    }

    @Test func `begins and ends with the first and the last frame that can be read`() async throws {
        let footage = try await Footage(count: 30)
        try footage.damage(29)
        let exporter = Exporter(catalog: footage.catalog)
        let request = footage.request("frames") { ($0.selection.isSteady, $0.selection.most) = (true, 4) }
        let plan = try await exporter.plan(ExportJob(request)) { _ in }
        #expect(plan.taken.count == 4)
        #expect(plan.taken.first?.id == footage.frames[0].id)
        #expect(plan.taken.last?.id == footage.frames[28].id)
    }

    @Test func `leaves a damaged frame out of the choice`() async throws {
        let footage = try await Footage(count: 3)
        try footage.damage(1)
        let request = footage.request("frames") { ($0.selection.isSteady, $0.selection.most) = (true, 1) }
        let plan = try await Exporter(catalog: footage.catalog).plan(ExportJob(request)) { _ in }
        #expect(plan.taken.count == 1)
        #expect(plan.taken.first?.id != footage.frames[1].id)
    }
}
