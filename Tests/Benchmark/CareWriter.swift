import Archive
import Deduplication
import Foundation
import NIOCore
import Storage
import Synchronization
import Validation
import Vocabulary

/// What captures of a hundred cameras do with an archive, a frame a second each, in a process of their own: a picture comes each
/// hundredth of a second, is validated, fingerprinted and stored.
///
/// It goes on until its standard input ends, and prints a line for each frame: when it was due in milliseconds, and how many
/// microseconds it took to store it; or that its camera's slot was missed because the frame before was not stored yet.
struct CareWriter {
    static let argument = "care-writer"
    private static let cameras = 100

    private let archive: FrameArchive
    private let pictures = CarePictures()
    private let names: [CameraName]
    private let busy = Busy()

    static func run(archive path: String) async throws {
        let archive = try await FrameArchive.open(at: path)
        let writer = CareWriter(
            archive: archive, names: try (0..<cameras).map { try CameraName("writer \($0)") })
        let input = Input()
        Thread.detachNewThread {
            while readLine() != nil {}
            input.isOver.store(true, ordering: .relaxed)
        }
        try await writer.write { input.isOver.load(ordering: .relaxed) }
        try await archive.close()
    }

    private init(archive: FrameArchive, names: [CameraName]) {
        (self.archive, self.names) = (archive, names)
    }

    private func write(until isOver: () -> Bool) async throws {
        let (start, clock) = (Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)), ContinuousClock())
        let origin = clock.now
        try await withThrowingDiscardingTaskGroup { group in
            var number = 0
            while !isOver() {
                let after = Duration.milliseconds(10) * number
                try await clock.sleep(until: origin + after, tolerance: .zero)
                let (slot, camera, due) = (number, number % Self.cameras, start + after)
                number += 1
                guard busy.cameras.withLock({ $0.insert(camera).inserted }) else {
                    print("\(due.milliseconds) missed")
                    continue
                }
                group.addTask {
                    let latency = try await store(slot, camera: camera, due: due)
                    _ = busy.cameras.withLock { $0.remove(camera) }
                    print("\(due.milliseconds) \(Int(latency / .microseconds(1)))")
                }
            }
        }
        fflush(nil)
    }

    private func store(_ number: Int, camera: Int, due: Timestamp) async throws -> Duration {
        let frame = try pictures.frame(1_000_000_000 + number, camera: names[camera], at: due)
        let start = ContinuousClock.now
        _ = try await archive.store(
            frame, for: Slot(due: due, interval: .seconds(1)), received: ByteCount(frame.frame.bytes.readableBytes))
        return ContinuousClock.now - start
    }
}

private final class Input: Sendable {
    let isOver = Atomic(false)
}

/// The cameras whose frames are being stored.
private final class Busy: Sendable {
    let cameras = Mutex(Set<Int>())
}

/// Noisy pictures of about 100 kB, no two of the same bytes.
struct CarePictures {
    private let pictures = CameraPictures(width: 960, height: 600)

    func frame(_ number: Int, camera: CameraName, at due: Timestamp) throws -> NovelFrame {
        let snapshot = Snapshot(
            bytes: ByteBuffer(bytes: pictures.picture(number)),
            origin: SnapshotOrigin(camera: camera, source: .url, receivedAt: due))
        let frame = try FrameValidator().validate(snapshot)
        guard case .novel(let novel) = Deduplicator().examine(frame, against: nil) else {
            throw Unexpected.repetition
        }
        return novel
    }

    private enum Unexpected: Error { case repetition }
}
