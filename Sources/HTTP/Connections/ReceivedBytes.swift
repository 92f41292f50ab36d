internal import Synchronization
internal import Vocabulary

/// How much of a body has come so far, for whoever stops waiting for the rest.
final class ReceivedBytes: Sendable {
    private let total = Mutex<ByteCount>(.zero)

    var count: ByteCount { total.withLock { $0 } }

    func report(_ bytes: ByteCount) { total.withLock { $0 = bytes } }
}
