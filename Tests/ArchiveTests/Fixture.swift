import Deduplication
import Foundation
import NIOCore
import TestSupport
import Validation
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

extension TemporaryFolder {
    /// Where the tests' archive lies.
    var archive: String { path + "/frames.printlapse" }

    var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    func open(checkpoints: CheckpointSchedule = CheckpointSchedule()) async throws -> FrameArchive {
        try await FrameArchive.open(at: archive, application: "tests 1.0", checkpoints: checkpoints)
    }

    /// What a power cut leaves of an open archive that is at rest: its file and its log, without the log's index.
    func crashImage() throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        for ending in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: archive + ending, toPath: copy.archive + ending)
        }
        return copy
    }
}

extension CameraName {
    static let printer = try! CameraName("printer")
    static let other = try! CameraName("other")
}

extension Timestamp {
    static let start = Timestamp(seconds: 1_800_000_000)
}

extension Slot {
    /// The n-th slot of a grid that begins at ``Timestamp/start``.
    static func number(_ number: Int, interval: Duration = .seconds(10)) -> Slot {
        Slot(due: .start + interval * number, interval: interval)
    }
}

extension NovelFrame {
    private static let scene = TestJPEG.picture(width: 64, height: 48)

    /// A small picture; another one for each number. It is received half a second after the slot is due.
    static func numbered(
        _ number: Int, for slot: Slot, camera: CameraName = .printer, padding: Int = 0
    ) throws -> NovelFrame {
        var picture = scene
        for _ in 0..<padding / 65_000 { picture = picture.inserting(0xFE, Array(repeating: 0, count: 65_000)) }
        picture = picture.inserting(0xFE, Array("picture \(number)".utf8))
        let origin = SnapshotOrigin(
            camera: camera, source: .webcamAPI, receivedAt: slot.due + .milliseconds(500),
            takenAt: slot.due - .seconds(1), variant: .raw)
        let snapshot = Snapshot(bytes: ByteBuffer(bytes: picture.bytes), origin: origin)
        let frame = try FrameValidator().validate(snapshot)
        guard case .novel(let novel) = Deduplicator().examine(frame, against: nil) else {
            preconditionFailure("nothing was kept that the frame could repeat")
        }
        return novel
    }
}

extension FrameArchive {
    /// Stores the picture of that number in the slot of that number.
    @discardableResult
    func store(
        _ number: Int, slot: Int? = nil, camera: CameraName = .printer, print: Int64? = nil, padding: Int = 0
    ) async throws -> ArchivedFrame {
        let slot = Slot.number(slot ?? number)
        let frame = try NovelFrame.numbered(number, for: slot, camera: camera, padding: padding)
        return try await store(
            frame, for: slot, received: ByteCount(frame.frame.bytes.readableBytes),
            circumstances: FrameCircumstances(
                print: print.map { PrintJob(number: $0, startedAt: slot.due, toldBy: .url) }))
    }

    func verify(quick: Bool = false) async throws -> VerifyReport {
        try await ArchiveVerifier(database: pool, path: path).verify(VerifyRequest(quick: quick)) { _ in }
    }
}
