internal import GRDB
public import Vocabulary

/// A camera that has frames or slots in the archive.
public struct ArchivedCamera: Hashable, Sendable {
    public let name: CameraName
    /// Its newest frame.
    public let lastFrame: ArchivedFrame?
    /// Its last run in the slot ledger: how the last slots went.
    public let lastRun: LedgerRun?
}
