internal import GRDB
public import Vocabulary

/// What is stored of a picture, told without reading it.
public struct StoredPicture: Hashable, Sendable {
    /// Of the bytes as they are stored: the picture's own digest, unless compacting made it smaller without loss.
    public let sha256: SHA256Digest
    public let bytes: ByteCount
}

extension Catalog {
    /// What is stored of a frame's picture; `nil` where it is missing.
    public func storedPicture(of frame: ArchivedFrame) async throws -> StoredPicture? {
        try await read { database in
            try Row.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT coalesce(stored_sha256, sha256),
                            CASE WHEN stored_sha256 IS NULL THEN bytes ELSE coalesce(stored_bytes, bytes) END
                        FROM picture WHERE sha256 = ?
                        """), arguments: [frame.sha256.data]
            ).map { StoredPicture(sha256: try $0.sha256(at: 0), bytes: try $0.byteCount(at: 1)) }
        }
    }
}
