package import Archive
package import Vocabulary

/// What earlier runs of the program left of a camera's usage readings.
package struct UsageHistory: Hashable, Sendable {
    /// The newest, the oldest of them first.
    package let records: [UsageRecord]
    /// What the records before them come to.
    package let receivedEarlier: ByteCount
    package let proxiedEarlier: ByteCount
    package let capturesEarlier: Int
    /// What was received since the newest one, by the slot ledger; of a run of slots that was open then, the part that lies
    /// after it.
    package let receivedSince: ByteCount
}
