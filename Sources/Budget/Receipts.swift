package import Vocabulary

/// What was received in a stretch of time.
package struct Receipts: Hashable, Sendable {
    /// Bytes by all routes.
    package var received: ByteCount
    /// Those of them that came by proxied calls.
    package var proxied: ByteCount
    /// Pictures fetched, by all routes.
    package var captures: Int

    package init(received: ByteCount = .zero, proxied: ByteCount = .zero, captures: Int = 0) {
        (self.received, self.proxied, self.captures) = (received, proxied, captures)
    }

    /// The bytes of pictures that the webcam API announced.
    package var announced: ByteCount { received - proxied }

    mutating func add(_ bytes: ByteCount, by route: FetchRoute) {
        received += bytes
        if route == .proxied { proxied += bytes }
    }

    package static func + (left: Receipts, right: Receipts) -> Receipts {
        Receipts(
            received: left.received + right.received, proxied: left.proxied + right.proxied,
            captures: left.captures + right.captures)
    }

    /// What came after `right`; nothing where `right` is the later one.
    package static func - (left: Receipts, right: Receipts) -> Receipts {
        Receipts(
            received: left.received - right.received, proxied: left.proxied - right.proxied,
            captures: max(0, left.captures - right.captures))
    }

    static func += (left: inout Receipts, right: Receipts) { left = left + right }
}
