import Archive
import Deduplication
import NIOCore
import Storage
import TestSupport
import Testing
import Validation
import Vocabulary

@testable import Catalog

@Suite struct `Suspect frames` {
    private let archive: TemporaryArchive

    init() throws { archive = try TemporaryArchive() }

    /// Frames 0 to 5, of which 2 and 4 have a grey foot.
    private func fill() async throws {
        let writer = try await archive.open()
        for number in 0..<6 {
            var scene = TestScene(width: 160, height: 120, seed: UInt64(number))
            if number == 2 || number == 4 { scene.greyRows = 40 }
            let slot = Slot(due: .start + .seconds(10 * number), interval: .seconds(10))
            let origin = SnapshotOrigin(camera: .printer, source: .live, receivedAt: slot.due)
            let bytes = ByteBuffer(bytes: TestEncoding.baseline.encode(scene).bytes)
            let frame = try FrameValidator().validate(Snapshot(bytes: bytes, origin: origin))
            guard case .novel(let novel) = Deduplicator().examine(frame, against: nil) else { continue }
            _ = try await writer.store(novel, for: slot, received: ByteCount(1000))
        }
        try await writer.close()
    }

    @Test func `are kept with what they are suspected of, listed and counted`() async throws {
        try await fill()
        let catalog = try Catalog.open(at: archive.path)
        let all = try await catalog.frames(FrameQuery())
        #expect(all.count == 6)
        #expect(all.map { $0.suspicion?.kind } == [nil, nil, .greyFoot, nil, .greyFoot, nil])
        #expect(all[2].suspicion?.place.contains("rows of blocks") == true)
        let suspects = try await catalog.frames(FrameQuery(suspect: true))
        #expect(suspects == [all[2], all[4]])
        #expect(try await catalog.frames(FrameQuery(suspect: false)).count == 4)
        #expect(
            try await catalog.frames(FrameQuery(camera: .printer, since: all[3].capturedAt, suspect: true)) == [all[4]])

        #expect(try await catalog.statistics().suspects == ["grey_foot": 2])
        #expect(try await catalog.statistics(until: all[3].capturedAt).suspects == ["grey_foot": 1])
        #expect(try await catalog.statistics(camera: try CameraName("other")).suspects.isEmpty)
    }

    @Test func `come from an index of their own`() async throws {
        try await fill()
        let catalog = try Catalog.open(at: archive.path)
        let list = try await catalog.queryPlan(of: {
            _ = try await $0.frames(FrameQuery(camera: .printer, suspect: true))
        })
        #expect(list.steps.contains { $0.contains("frame USING INDEX frame_suspect") }, "\(list)")
        #expect(list.sorts.isEmpty, "\(list)")
    }
}
