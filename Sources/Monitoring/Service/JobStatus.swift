import Archive
import Capture
import Vocabulary

/// How a job is doing, in one line. A pure value.
struct JobStatus: Sendable {
    /// The cameras that run, and whether each one's last slot failed.
    private var isFailing: [CameraName: Bool] = [:]
    private var lastFrame: Timestamp?

    mutating func observe(_ event: CaptureEvent) {
        switch event {
        case .started(let camera, _): isFailing[camera] = false
        case .ended(let camera): isFailing[camera] = nil
        case .slot(let report):
            isFailing[report.camera] = report.outcome.isFailure
            if let frame = report.frame { lastFrame = max(lastFrame ?? frame.capturedAt, frame.capturedAt) }
        default: break
        }
    }

    /// `3 cameras, 1 failing, last frame 4s ago`
    func text(at now: Timestamp) -> String {
        let failing = isFailing.values.count { $0 }
        var parts = ["\(isFailing.count) camera\(isFailing.count == 1 ? "" : "s")"]
        if failing > 0 { parts.append("\(failing) failing") }
        parts.append(lastFrame.map { "last frame \((now - $0).wholeText) ago" } ?? "no frame yet")
        return parts.joined(separator: ", ")
    }
}
