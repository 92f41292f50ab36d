import Archive
import Deduplication
import Foundation
import GRDB
import Hummingbird
import NIOCore
import Storage
import TestSupport
import Testing
import Validation
import Vocabulary

@testable import Catalog
@testable import Gallery

/// A folder with an archive, which goes with its owner.
final class TemporaryArchive: Sendable {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    var path: String { folder.url.appending(path: "frames.printlapse").path }

    func open() async throws -> FrameArchive { try await FrameArchive.open(at: path) }

    func gallery(cacheSize: ByteCount = ByteCount(8 << 20), program: StubProgram = StubProgram()) throws -> Gallery {
        var settings = GallerySettings()
        settings.cacheSize = cacheSize
        return Gallery(try Catalog.open(at: path), settings, program)
    }

    /// Changes the file past all that the schema promises.
    func sqlite(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            let triggers = try Row.fetchAll(database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger["name"] as String)") }
            try database.execute(sql: sql)
            for trigger in triggers { try database.execute(sql: trigger["sql"]) }
        }
        try queue.close()
    }
}

extension CameraName {
    static let printer = try! CameraName("printer")
    static let other = try! CameraName("other")
}

extension Timestamp {
    /// 2026-01-15T08:00:00Z
    static let start = Timestamp(seconds: 1_768_464_000)

    /// The slot of that number, 10 s apart.
    static func slot(_ number: Int) -> Timestamp { start + .seconds(10 * number) }
}

/// A picture of a test's own: a few patches in a scene without noise.
struct Shot {
    var size = PixelSize(width: 160, height: 120)
    var patches: [TestScene.Patch] = []
    var light = 0
    var seed: UInt64 = 1
    var encoding = TestEncoding.baseline

    func jpeg(comment: String) -> TestJPEG {
        var scene = TestScene(width: size.width, height: size.height, noise: 1, seed: seed)
        (scene.patches, scene.light) = (patches, light)
        return encoding.encode(scene).inserting(0xFE, Array(comment.utf8))
    }
}

extension FrameArchive {
    /// Stores a picture in the slot of that number, received as the slot is due. Its comment tells it from all others.
    @discardableResult
    func store(
        _ number: Int, _ shot: Shot = Shot(), camera: CameraName = .printer, print: Int64? = nil,
        jpeg: TestJPEG? = nil
    ) async throws -> ArchivedFrame {
        let slot = Slot(due: .slot(number), interval: .seconds(10))
        let picture = jpeg ?? shot.jpeg(comment: "\(camera) \(number)")
        let origin = SnapshotOrigin(camera: camera, source: .webcamAPI, receivedAt: slot.due)
        let frame = try FrameValidator().validate(Snapshot(bytes: ByteBuffer(bytes: picture.bytes), origin: origin))
        guard case .novel(let novel) = Deduplicator().examine(frame, against: nil) else {
            preconditionFailure("nothing was kept that the frame could repeat")
        }
        return try await store(
            novel, for: slot, received: ByteCount(1000),
            circumstances: FrameCircumstances(
                print: print.map { PrintJob(number: $0, name: "part \($0)", startedAt: slot.due, toldBy: .url) }))
    }

    func record(_ outcome: SlotOutcome, slots: Range<Int>, camera: CameraName = .printer) async throws {
        try await record(
            [
                SlotRun(
                    outcome: outcome, detail: nil, first: .slot(slots.lowerBound), slots: slots.count,
                    interval: .seconds(10))
            ], camera: camera)
    }
}
