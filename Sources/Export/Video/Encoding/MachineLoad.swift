internal import Archive
internal import FoundationEssentials

/// How much of the machine an export may take.
struct MachineLoad: Hashable, Sendable {
    /// Whether a capture is running, which must not be held up.
    let isShared: Bool

    /// As it is now for an archive: whoever holds its lock writes to it.
    init(archive path: String) { isShared = LockHolder.current(ofArchive: path) != nil }

    /// How many threads an encoder may have at most; `nil`: as many as it wants.
    var threads: Int? { isShared ? max(1, ProcessInfo.processInfo.activeProcessorCount / 2) : nil }
}
