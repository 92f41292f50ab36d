public import Vocabulary

/// What earlier runs of the program left of a camera's usage readings.
public struct UsageHistory: Hashable, Sendable {
    /// The newest, the oldest of them first.
    public let records: [UsageRecord]
    /// What the records before them come to.
    public let receivedEarlier: ByteCount
    public let proxiedEarlier: ByteCount
    public let capturesEarlier: Int
    /// What was received since the newest one, by the slot ledger; of a run of slots that was open then, the part that lies
    /// after it.
    public let receivedSince: ByteCount
}
