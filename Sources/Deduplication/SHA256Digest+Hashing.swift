internal import CCrypto
public import NIOCore
public import Vocabulary

extension SHA256Digest {
    /// Hashes the buffer's readable bytes where they lie.
    public init(hashing buffer: ByteBuffer) {
        self = buffer.withUnsafeReadableBytes { SHA256Digest(hashing: $0) }
    }

    /// Hashes these bytes.
    ///
    /// By libcrypto's plain block functions: they use the processor's SHA instructions, and unlike the newer interface they
    /// look nothing up and cannot fail.
    public init(hashing bytes: UnsafeRawBufferPointer) {
        var context = SHA256_CTX()
        let digest = [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
            SHA256_Init(&context)
            SHA256_Update(&context, bytes.baseAddress, bytes.count)
            SHA256_Final(digest.baseAddress, &context)
            count = digest.count
        }
        guard let made = SHA256Digest(bytes: digest) else { preconditionFailure("a SHA-256 digest has 32 bytes") }
        self = made
    }
}
