public import Vocabulary

/// What a call through the tunnel brought, and what it cost.
public struct Proxied<Value: Sendable>: Sendable {
    public let value: Value
    /// The bytes of the answer, which count against the allowance.
    public let received: ByteCount

    public init(value: Value, received: ByteCount) {
        (self.value, self.received) = (value, received)
    }
}
