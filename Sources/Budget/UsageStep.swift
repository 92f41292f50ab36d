package import Vocabulary

/// A usage reading, and what this program received between it and the one before.
package struct UsageStep: Hashable, Sendable {
    package let reading: UsageReading
    package let receipts: Receipts

    package init(_ reading: UsageReading, _ receipts: Receipts) {
        (self.reading, self.receipts) = (reading, receipts)
    }
}
