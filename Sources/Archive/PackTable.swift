package import GRDB
package import Vocabulary

/// The packs in which pictures lie elsewhere.
package enum PackTable {
    package struct Pack: Hashable, Sendable {
        package let id: Int64
        /// The store's location.
        package let store: String
        package let name: String
        /// Of the whole object.
        package let sha256: SHA256Digest
        package let bytes: ByteCount
        /// Whether it was read back whole after it was written; nothing is in one that was not.
        package let isStored: Bool
        /// The pictures in it that are still needed.
        package let livePictures: Int
        package let liveBytes: ByteCount
    }

    package static func all(in database: Database) throws -> [Pack] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT pack.id, location, name, sha256, bytes, stored_at IS NOT NULL, live_pictures, live_bytes
                FROM pack JOIN pack_store ON pack_store.id = pack.store_id ORDER BY pack.id
                """
        ).map { row in
            Pack(
                id: try row.value(at: 0), store: try row.value(at: 1), name: try row.value(at: 2),
                sha256: try row.sha256(at: 3), bytes: try row.byteCount(at: 4), isStored: try row.value(at: 5),
                livePictures: try row.count(at: 6), liveBytes: try row.byteCount(at: 7))
        }
    }

    /// Whether any picture lies in a pack.
    package static func hasPictures(in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT 1 FROM pack WHERE live_pictures > 0 LIMIT 1")) ?? false
    }

    /// How many pictures lie in packs, and what they take there.
    package static func totals(in database: Database) throws -> (pictures: Int, bytes: ByteCount) {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: "SELECT CAST(total(live_pictures) AS INTEGER), CAST(total(live_bytes) AS INTEGER) FROM pack"))
        return (try row?.count(at: 0) ?? 0, try row?.byteCount(at: 1) ?? .zero)
    }

    /// The locations of the stores in which pictures lie.
    package static func stores(in database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT location FROM pack_store
                WHERE EXISTS (SELECT 1 FROM pack WHERE store_id = pack_store.id AND live_pictures > 0) ORDER BY id
                """)
    }

    /// Where a content lies that is in a pack; `nil` for every other.
    package static func place(of content: Int64, in database: Database) throws -> PackedPlace? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT location, name, pack.bytes, start, packed_content.bytes
                    FROM packed_content CROSS JOIN pack ON pack.id = packed_content.pack_id
                    CROSS JOIN pack_store ON pack_store.id = pack.store_id WHERE packed_content.id = ?
                    """), arguments: [content]
        ).map { row in
            try place(
                store: try row.value(at: 0), pack: try row.value(at: 1), size: try row.value(at: 2),
                start: try row.value(at: 3), length: try row.value(at: 4))
        }
    }

    /// - Throws: ``MisreadColumn`` for numbers that cannot be: damaged ones may be any.
    static func place(
        store: String, pack: String, size: Int64, start: Int64, length: Int64
    ) throws(MisreadColumn) -> PackedPlace {
        guard start >= 0, length > 0, length <= size, start <= size - length, length <= Self.longestPicture else {
            throw MisreadColumn(text: "\(start)+\(length) of \(size)", kind: "place in a pack")
        }
        return PackedPlace(store: store, pack: pack, packSize: size, range: start..<start + length)
    }

    /// Longer values are not in any table of SQLite's either.
    private static let longestPicture: Int64 = 1 << 31

    /// A condition that a content whose number stands in a column is not in this archive's file: it is in a pack, or at another
    /// machine.
    package static func isPacked(contentIn column: String) -> String {
        """
        (EXISTS (SELECT 1 FROM packed_content WHERE packed_content.id = \(column))
            OR EXISTS (SELECT 1 FROM followed_content WHERE followed_content.id = \(column)))
        """
    }

    /// How pictures of these contents are to be turned, by content; without those that are not in packs.
    package static func orientations(of contents: [Int64], in database: Database) throws -> [Int64: Int] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT orientation FROM packed_content WHERE id = ?1
                UNION ALL SELECT orientation FROM followed_content WHERE id = ?1 AND orientation IS NOT NULL
                """)
        return try contents.reduce(into: [:]) { found, content in
            found[content] = try Int.fetchOne(statement, arguments: [content])
        }
    }
}
