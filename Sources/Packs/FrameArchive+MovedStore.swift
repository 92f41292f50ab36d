internal import Archive
internal import GRDB
package import Storage
package import Stores
package import Vocabulary

/// What became of a store that is somewhere else now.
package struct MovedStoreReport: Hashable, Sendable, KeyedRecord {
    package let packs: Int
    package let bytes: ByteCount
    /// Packs that pictures lie in and that are not there, or have another size.
    package internal(set) var missing: [String] = []

    package static let fields: [Field<Self>] = [
        Field("packs", \.packs), Field("bytes", \.bytes), Field("missing", \.missing),
    ]
}

extension FrameArchive {
    /// Notes that a store is somewhere else now: the NAS is mounted elsewhere, the bucket is another server's.
    ///
    /// Every pack that pictures lie in is looked for there before, and a picture of the newest one is read and hashed. Where a pack is
    /// missing nothing is noted.
    ///
    /// - Parameters:
    ///   - old: the location that is on record.
    ///   - store: where it is now.
    /// - Throws: ``PackError/notOnRecord(location:known:)``, `StoreError`, `ArchiveError`, `CancellationError`.
    package func noteMove(of old: String, to store: any ObjectStore) async throws -> MovedStoreReport {
        try await withPacks {
            let known = try read { try PackTable.locations(in: $0) }
            guard known.contains(old) else { throw PackError.notOnRecord(location: old, known: known) }
            let packs = try read { database in
                try PackTable.all(in: database).filter { $0.store == old && $0.livePictures > 0 }
            }
            var report = MovedStoreReport(packs: packs.count, bytes: ByteCount(packs.map(\.bytes.bytes).reduce(0, +)))
            for pack in packs {
                try Task.checkCancellation()
                guard let name = ObjectName(rawValue: pack.name), try await store.size(of: name) == pack.bytes.bytes
                else {
                    report.missing.append(pack.name)
                    continue
                }
            }
            guard report.missing.isEmpty else { return report }
            if let newest = packs.last { try await requirePicture(of: newest.id, in: store) }
            let new = store.location.description
            try await commit { try PackTable.move(from: old, to: new, in: $0) }
            return report
        }
    }

    /// Sizes may agree by chance where contents do not.
    private func requirePicture(of pack: Int64, in store: any ObjectStore) async throws {
        let found = try read { try PackTable.anyPicture(in: pack, $0) }
        guard let (place, stored) = found, let name = ObjectName(rawValue: place.pack) else { return }
        guard SHA256Digest(hashing: try await store.read(name, place.range)) == stored else {
            throw PackError.notAsWritten(store: store.location.description, pack: place.pack)
        }
    }
}

extension PackTable {
    fileprivate static func anyPicture(
        in pack: Int64, _ database: Database
    ) throws -> (place: PackedPlace, stored: SHA256Digest)? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT packed_content.id, coalesce(picture.stored_sha256, picture.sha256)
                FROM packed_content CROSS JOIN picture ON picture.sha256 = packed_content.sha256
                WHERE pack_id = ? ORDER BY start LIMIT 1
                """, arguments: [pack])
        guard let row, let place = try place(of: row.value(at: 0), in: database) else { return nil }
        return (place, try row.sha256(at: 1))
    }

    /// What was in one store is in another, which may be on record already.
    fileprivate static func move(from old: String, to new: String, in database: Database) throws {
        guard old != new else { return }
        if try isKnown(new, in: database) {
            try database.execute(
                sql: """
                    UPDATE pack SET store_id = (SELECT id FROM pack_store WHERE location = ?2)
                    WHERE store_id = (SELECT id FROM pack_store WHERE location = ?1)
                    """, arguments: [old, new])
            try database.execute(sql: "DELETE FROM pack_store WHERE location = ?", arguments: [old])
        } else {
            try database.execute(
                sql: "UPDATE pack_store SET location = ? WHERE location = ?", arguments: [new, old])
        }
    }
}
