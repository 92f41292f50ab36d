public import NIOCore

/// The bytes that came back for a slot, as received and not yet looked at.
public struct Snapshot: Sendable {
    public let bytes: ByteBuffer
    public let origin: SnapshotOrigin

    public init(bytes: ByteBuffer, origin: SnapshotOrigin) {
        (self.bytes, self.origin) = (bytes, origin)
    }
}
