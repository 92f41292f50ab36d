public import NIOCore
public import Vocabulary

/// A frame's picture on its way out of the archive, hashed again.
public struct CheckedPicture: Hashable, Sendable {
    /// The JPEG.
    public let bytes: ByteBuffer
    /// Of these bytes. It is the frame's own digest, unless the picture was made smaller without loss since it was captured.
    public let sha256: SHA256Digest

    package init(bytes: ByteBuffer, sha256: SHA256Digest) {
        (self.bytes, self.sha256) = (bytes, sha256)
    }
}
