import Archive
import Deduplication
import Foundation
import Storage
import TestSupport
import Validation
import Vocabulary

extension ProgramBench {
    /// Archives a small picture of the camera “printer” at each of some instants.
    ///
    /// - Parameter job: the print that they show.
    func store(_ instants: [Timestamp], of job: PrintJob? = nil, width: Int = 64, height: Int = 48) async throws {
        let frames = try await FrameArchive.open(at: archive)
        for (number, instant) in instants.enumerated() {
            let picture = TestJPEG.picture(width: width, height: height, seed: UInt64(number))
                .inserting(0xFE, Array("\(instant)".utf8))
            let valid = try FrameValidator().validate(picture.snapshot(at: instant))
            guard case .novel(let novel) = Deduplicator().examine(valid, against: nil) else { continue }
            _ = try await frames.store(
                novel, for: Slot(due: instant, interval: .seconds(1)), received: .zero,
                circumstances: FrameCircumstances(print: job))
        }
        if let job { try await frames.record(job, camera: try CameraName("printer")) }
        try await frames.close()
    }
}
