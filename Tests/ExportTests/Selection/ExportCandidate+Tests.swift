import Archive
import TestSupport
import Vocabulary

@testable import Export

extension ExportCandidate {
    /// A frame that was captured so many seconds after ``Footage/start``.
    static func at(
        _ seconds: Double, number: Int64 = 1, camera: String = "printer", size: (Int, Int) = (640, 480),
        brightness: Int? = 120, change: Int? = 40, isTagged: Bool = false, isPaused: Bool = false, print: Int64? = 7,
        suspicion: Suspicion? = nil
    ) throws -> ExportCandidate {
        let time = Footage.start + .milliseconds(Int64(seconds * 1000))
        return ExportCandidate(
            .made(
                number: number, camera: try CameraName(camera), at: time,
                size: PixelSize(width: size.0, height: size.1), print: print, variant: isTagged ? .tagged : .raw,
                source: .live, printerState: isPaused ? .paused : .printing, brightness: brightness, change: change,
                suspicion: suspicion))
    }
}

extension [ExportCandidate] {
    var numbers: [Int64] { map(\.id.number) }

    /// Frames at these seconds, numbered from 1.
    static func row(_ seconds: [Double]) throws -> [ExportCandidate] {
        try seconds.enumerated().map { try .at($1, number: Int64($0 + 1)) }
    }
}
