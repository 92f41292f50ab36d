public import Vocabulary

/// A run's place in the timeline, for asking for the page that begins after it.
///
/// Its text, `2026-11-23T14:05:00.000Z/printer`, stays valid: it names the run's beginning and its camera.
public struct TimelineCursor: Hashable, Sendable, CustomStringConvertible {
    public let from: Timestamp
    public let camera: CameraName

    public init(after run: LedgerRun) {
        (from, camera) = (run.from, run.camera)
    }

    /// Reads what ``description`` gave; `nil` where the text is nothing of the kind.
    public init?(parsing text: String) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let from = try? Timestamp(parsing: parts[0], now: Timestamp(milliseconds: 0)),
            let camera = try? CameraName(parts[1])
        else { return nil }
        (self.from, self.camera) = (from, camera)
        guard description == text else { return nil }
    }

    public var description: String { "\(from)/\(camera)" }
}
