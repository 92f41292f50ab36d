internal import CCrypto
package import NIOCore

extension SHA256Digest {
    /// Hashes the buffer's readable bytes where they lie.
    package init(hashing buffer: ByteBuffer) {
        self = buffer.withUnsafeReadableBytes { SHA256Digest(hashing: $0) }
    }

    /// Hashes these bytes.
    package init(hashing bytes: UnsafeRawBufferPointer) {
        var hash = SHA256Hash()
        hash.update(bytes)
        self = hash.digest()
    }
}

/// A SHA-256 digest in the making, of bytes that come in parts.
///
/// By libcrypto's plain block functions: they use the processor's SHA instructions, and unlike the newer interface they
/// look nothing up and cannot fail.
package struct SHA256Hash {
    private var context = SHA256_CTX()

    package init() { SHA256_Init(&context) }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        SHA256_Update(&context, bytes.baseAddress, bytes.count)
    }

    /// The digest of all parts, once.
    package mutating func digest() -> SHA256Digest {
        let digest = [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
            SHA256_Final(digest.baseAddress, &context)
            count = digest.count
        }
        guard let made = SHA256Digest(bytes: digest) else { preconditionFailure("a SHA-256 digest has 32 bytes") }
        return made
    }
}
