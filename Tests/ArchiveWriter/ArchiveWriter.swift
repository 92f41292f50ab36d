import Archive
import Deduplication
import Foundation
import NIOCore
import Storage
import TestSupport
import Validation
import Vocabulary

/// `ArchiveWriter ARCHIVE [FRAMES]` stores small pictures as fast as the archive takes them, for tests in which system calls
/// fail. A line `ID SHA256` on standard output acknowledges each. `ArchiveWriter ARCHIVE 0` opens the archive, which brings
/// an old one up to date, and closes it. `ArchiveWriter ARCHIVE FRAMES MICROSECONDS` is killed by a signal that cannot be
/// caught so long after its beginning (`+MICROSECONDS`: after its first frame), whatever it is at: from outside, that moment
/// would hang on how fast processes start.
///
/// Slots go on where the ledger ends, so that the ledger stays without holes however often it is started.
@main
struct ArchiveWriter {
    private static let picture = TestJPEG.picture(width: 64, height: 48)
    private static let interval = Duration.seconds(10)

    static func main() async {
        let arguments = CommandLine.arguments
        let delay = arguments.count > 3 ? arguments[3] : ""
        if !delay.hasPrefix("+") { die(in: delay) }
        do {
            try await store(arguments.count > 2 ? Int(arguments[2]) ?? .max : .max, in: arguments[1]) {
                if delay.hasPrefix("+") { die(in: delay) }
            }
        } catch {
            let reason = (error as? any ExplainedError)?.message ?? "\(error)"
            FileHandle.standardError.write(Data("\(reason)\n".utf8))
            exit(1)
        }
    }

    private static func die(in delay: String) {
        guard let microseconds = UInt32(delay) else { return }
        Thread.detachNewThread {
            usleep(microseconds)
            kill(getpid(), SIGKILL)
        }
    }

    private static func store(_ frames: Int, in path: String, begun: () -> Void) async throws {
        let archive = try await FrameArchive.open(at: path, application: "archive writer")
        let camera = try CameraName("printer")
        var due = try archive.lastRun(of: camera)?.until ?? Timestamp(seconds: 1_800_000_000)
        for number in 0..<frames {
            let slot = Slot(due: due, interval: interval)
            let frame = try novelFrame(of: camera, for: slot)
            let kept = try await archive.store(frame, for: slot, received: ByteCount(frame.frame.bytes.readableBytes))
            say("\(kept.id) \(kept.sha256)\n")
            if number == 0 { begun() }
            due = due + interval
        }
        try await archive.close()
    }

    /// In one call, past all buffers: what was said before a kill is said.
    private static func say(_ line: String) {
        _ = line.withCString { write(1, $0, strlen($0)) }
    }

    private static func novelFrame(of camera: CameraName, for slot: Slot) throws -> NovelFrame {
        let bytes = picture.inserting(0xFE, Array("\(slot.due)".utf8)).bytes
        let origin = SnapshotOrigin(camera: camera, source: .webcamAPI, receivedAt: slot.due + .milliseconds(500))
        let frame = try FrameValidator().validate(Snapshot(bytes: ByteBuffer(bytes: bytes), origin: origin))
        guard case .novel(let novel) = Deduplicator().examine(frame, against: nil) else {
            preconditionFailure("nothing was kept that the frame could repeat")
        }
        return novel
    }
}
