import Archive
import Deduplication
import Foundation
import NIOCore
import Storage
import TestSupport
import Validation
import Vocabulary

/// A folder with an archive, which goes with its owner.
final class TemporaryArchive: Sendable {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "catalog-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var path: String { folder + "/frames.printlapse" }

    var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
    }

    func open() async throws -> FrameArchive { try await FrameArchive.open(at: path) }

    /// What the `sqlite3` program answers.
    @discardableResult
    func sqlite(_ sql: String, options: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", "-bail"] + options + [path]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(sql.utf8))
        try input.fileHandleForWriting.close()
        let answer = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw SQLiteFailed(answer: answer) }
        return answer
    }

    struct SQLiteFailed: Error { let answer: String }
}

extension CameraName {
    static let printer = try! CameraName("printer")
    static let other = try! CameraName("other")
}

extension Timestamp {
    /// 2027-01-15T08:00:00Z
    static let start = Timestamp(seconds: 1_800_000_000)
}

extension FrameArchive {
    private static let scene = TestJPEG.picture(width: 64, height: 48)

    /// Stores the picture of that number in the slot of that number, 10 s apart, received as the slot is due.
    @discardableResult
    func store(
        _ number: Int, slot: Int? = nil, camera: CameraName = .printer, print: Int64? = nil
    ) async throws -> ArchivedFrame {
        let slot = Slot(due: .start + .seconds(10 * (slot ?? number)), interval: .seconds(10))
        return try await store(
            Self.novelty(number, at: slot.due, of: camera), for: slot, received: ByteCount(1000),
            circumstances: FrameCircumstances(
                print: print.map { PrintJob(number: $0, startedAt: slot.due, toldBy: .url) }))
    }

    /// The picture of that number, not compared with any other.
    static func novelty(_ number: Int, at instant: Timestamp, of camera: CameraName) throws -> NovelFrame {
        let picture = scene.inserting(0xFE, Array("picture \(number)".utf8))
        let origin = SnapshotOrigin(camera: camera, source: .webcamAPI, receivedAt: instant)
        let frame = try FrameValidator().validate(Snapshot(bytes: ByteBuffer(bytes: picture.bytes), origin: origin))
        guard case .novel(let novel) = Deduplicator().examine(frame, against: nil) else {
            preconditionFailure("nothing was kept that the frame could repeat")
        }
        return novel
    }

    func record(
        _ outcome: SlotOutcome, _ detail: String? = nil, slots: Range<Int>, seen: FrameID? = nil,
        received: ByteCount = .zero
    ) async throws {
        for number in slots {
            let slot = Slot(due: .start + .seconds(10 * number), interval: .seconds(10))
            try await record(
                outcome, detail: detail.map(SlotReason.init(label:)), for: slot, camera: .printer, received: received,
                seen: seen)
        }
    }
}
