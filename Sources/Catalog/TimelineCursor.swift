public import Archive
public import Vocabulary

/// A run's place in the timeline, for asking for the page that begins after it.
///
/// Its text, `2026-11-23T14:05:00.000Z/printer`, is made of the run's own record: its beginning and its camera.
public struct TimelineCursor: Hashable, Sendable {
    public let from: Timestamp
    public let camera: CameraName

    public init(after run: LedgerRun) {
        (from, camera) = (run.from, run.camera)
    }
}

extension TimelineCursor: LosslessStringConvertible {
    public var description: String { "\(from)/\(camera)" }

    /// `nil` for any text that no cursor has.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let from = try? Timestamp(parsing: parts[0], now: Timestamp(milliseconds: 0)),
            let camera = try? CameraName(parts[1])
        else { return nil }
        (self.from, self.camera) = (from, camera)
        guard description == text else { return nil }
    }
}
