package import Vocabulary

/// Why captures pause for want of room.
package enum RoomPause: Hashable, Sendable {
    /// Less is free than the floor.
    case lowSpace(free: ByteCount, floor: ByteCount)
    /// The archive has reached the size that it may have.
    case quota(used: ByteCount, limit: ByteCount)
    /// A write failed: no room on the device, or a limit of the user's or the process's.
    case full
    /// A write failed: another program keeps the archive locked.
    case locked

    /// The ledger's word for it.
    package var detail: SlotReason {
        switch self {
        case .lowSpace: SlotReason(.lowSpace)
        case .quota: SlotReason(.quota)
        case .full: SlotReason(.full)
        case .locked: SlotReason(.locked)
        }
    }

    /// What is the matter, in half a sentence.
    package var description: String {
        switch self {
        case .lowSpace(let free, let floor):
            "only \(free) are free where the archive lies, less than the \(floor) that captures leave"
        case .quota(let used, let limit): "the archive has \(used) of the \(limit) that it may have"
        case .full: "no room is left for the archive"
        case .locked: "another program keeps the archive locked"
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .lowSpace: "Make room, or set a lower floor (min_free); captures go on by themselves."
        case .quota: "“printlapse prune” makes room, or allow more (max_size); captures go on by themselves."
        case .full: "Make room on the device, or raise the limit; captures go on by themselves."
        case .locked: "End the program that holds a transaction open, such as a sqlite3 shell after BEGIN."
        }
    }

    /// Whether not even the ledger can be written.
    var isUnwritable: Bool {
        switch self {
        case .full, .locked: true
        case .lowSpace, .quota: false
        }
    }
}
