public import Vocabulary

/// What was received in a stretch of time.
public struct Receipts: Hashable, Sendable {
    /// Bytes by all routes.
    public var received: ByteCount
    /// Those of them that came by proxied calls.
    public var proxied: ByteCount
    /// Pictures fetched, by all routes.
    public var captures: Int

    public init(received: ByteCount = .zero, proxied: ByteCount = .zero, captures: Int = 0) {
        (self.received, self.proxied, self.captures) = (received, proxied, captures)
    }

    /// The bytes of pictures that the webcam API announced.
    public var announced: ByteCount { received - proxied }

    mutating func add(_ bytes: ByteCount, by route: FetchRoute) {
        received += bytes
        if route == .proxied { proxied += bytes }
    }

    public static func + (left: Receipts, right: Receipts) -> Receipts {
        Receipts(
            received: left.received + right.received, proxied: left.proxied + right.proxied,
            captures: left.captures + right.captures)
    }

    /// What came after `right`; nothing where `right` is the later one.
    public static func - (left: Receipts, right: Receipts) -> Receipts {
        Receipts(
            received: left.received - right.received, proxied: left.proxied - right.proxied,
            captures: max(0, left.captures - right.captures))
    }

    static func += (left: inout Receipts, right: Receipts) { left = left + right }
}
