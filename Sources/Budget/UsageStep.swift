public import Vocabulary

/// A usage reading, and what this program received between it and the one before.
public struct UsageStep: Hashable, Sendable {
    public let reading: UsageReading
    public let receipts: Receipts

    public init(_ reading: UsageReading, _ receipts: Receipts) {
        (self.reading, self.receipts) = (reading, receipts)
    }
}
