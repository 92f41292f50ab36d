import Deduplication
import GRDB
import NIOCore
import TestSupport
import Validation
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

extension FrameArchive {
    /// Stores pictures of one scene in which a patch stands out, as a capture would: what is new in each is measured.
    ///
    /// - Parameters:
    ///   - contrasts: by how much the patch stands out in each picture; nothing else changes.
    ///   - interval: from one picture to the next.
    @discardableResult
    func film(
        _ contrasts: [Int], every interval: Duration = .seconds(10), from start: Timestamp = .start,
        camera: CameraName = .printer, print: Int64? = nil, padding: Int = 0
    ) async throws -> [ArchivedFrame] {
        var frames: [ArchivedFrame] = []
        var last: LastKept?
        for (number, contrast) in contrasts.enumerated() {
            let slot = Slot(due: start + interval * number, interval: interval)
            let frame = try Self.picture(contrast, number, at: slot.due, of: camera, padding: padding)
            guard case .novel(let novel) = Deduplicator().examine(frame, against: last) else { continue }
            let stored = try await store(
                novel, for: slot, received: ByteCount(frame.bytes.readableBytes),
                circumstances: FrameCircumstances(
                    print: print.map { PrintJob(number: $0, startedAt: start, toldBy: .url) }))
            last = LastKept(
                frame: stored.id, sha256: stored.sha256, capturedAt: stored.capturedAt, luma: frame.luma)
            frames.append(stored)
        }
        return frames
    }

    private static func picture(
        _ contrast: Int, _ number: Int, at time: Timestamp, of camera: CameraName, padding: Int
    ) throws -> ValidFrame {
        var scene = TestScene(width: 64, height: 48, noise: 0)
        scene.patches = [TestScene.Patch(x: 8, y: 8, width: 16, height: 16, contrast: contrast)]
        var picture = TestEncoding.baseline.encode(scene).inserting(0xFE, Array("\(camera) \(number)".utf8))
        for _ in 0..<padding / 65_000 { picture = picture.inserting(0xFE, Array(repeating: 0, count: 65_000)) }
        return try FrameValidator().validate(
            Snapshot(
                bytes: ByteBuffer(bytes: picture.bytes),
                origin: SnapshotOrigin(camera: camera, source: .url, receivedAt: time)))
    }

    /// All frames of a camera, the oldest first.
    func frames(of camera: CameraName = .printer) async throws -> [ArchivedFrame] {
        try await pool.read { database in
            try FrameOutline.page(
                of: CameraTable.id(of: camera, in: database) ?? 0, after: .start, before: .max, limit: 10_000,
                in: database
            ).compactMap { try FrameTable.frame(FrameID($0.id), in: database) }
        }
    }

    func execute(_ sql: String) async throws {
        try await changes.commit { try $0.execute(sql: sql) }
    }
}

extension RetentionTier {
    static func each(_ spacing: Duration?, for reach: Duration) -> RetentionTier {
        let text = "\(spacing.map { "\($0.milliseconds)ms" } ?? "all"):\(reach.milliseconds)ms"
        guard let tier = try? RetentionTier(parsing: text) else { preconditionFailure("\(text) is no tier") }
        return tier
    }
}
