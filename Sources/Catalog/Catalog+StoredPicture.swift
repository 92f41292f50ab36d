internal import Archive
internal import GRDB
public import Vocabulary

/// What is stored of a picture, told without reading it.
public struct StoredPicture: Hashable, Sendable {
    /// Of the bytes as they are stored: the picture's own digest, unless compacting made it smaller without loss.
    public let sha256: SHA256Digest
    public let bytes: ByteCount
}

/// Where a picture is that is not in the archive's own file.
public enum PictureWhereabouts: Hashable, Sendable {
    /// The names are the store's location and the pack's within it.
    case pack(String, store: String)
    /// With the machine that captured it, which has not offloaded it yet.
    case machine(String)
}

extension Catalog {
    /// Where a frame's picture is that is not in the archive's own file; `nil` where it is there, or missing.
    public func whereabouts(of frame: ArchivedFrame) async throws -> PictureWhereabouts? {
        try await read { [pictures] database in
            guard let record = try PictureTable.record(of: frame.sha256, in: database) else { return nil }
            switch try pictures.place(of: record.content, in: database) {
            case .packed(let place): return .pack(place.pack, store: place.store)
            case .elsewhere(let machine): return .machine(machine)
            case .here, nil: return nil
            }
        }
    }

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
