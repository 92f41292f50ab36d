internal import Archive
internal import GRDB
public import Vocabulary

/// What is stored in place of a picture that was made smaller without loss.
public struct CompactedPicture: Hashable, Sendable {
    public let bytes: ByteCount
    /// The digest of the stored bytes; the frame's is that of the picture as it was captured.
    public let sha256: SHA256Digest
}

extension Catalog {
    /// What is stored for a picture in place of the original; `nil` where the original is stored.
    ///
    /// - Parameter sha256: the picture's digest as it was captured.
    public func compactedPicture(of sha256: SHA256Digest) async throws -> CompactedPicture? {
        try await read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT stored_bytes, stored_sha256 FROM picture
                        WHERE sha256 = ? AND stored_sha256 IS NOT NULL AND stored_bytes IS NOT NULL
                        """), arguments: [sha256.data]
            ).map { CompactedPicture(bytes: try $0.byteCount(at: 0), sha256: try $0.sha256(at: 1)) }
        }
    }
}
