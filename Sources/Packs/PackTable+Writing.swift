internal import Archive
internal import FoundationEssentials
internal import GRDB
internal import Storage
internal import Vocabulary

extension PackTable {
    /// A store as the archive knows it.
    struct Store: Hashable, Sendable {
        let id: Int64
        /// What the names of this archive's packs begin with there.
        let folder: String
    }

    static func isKnown(_ location: String, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM pack_store WHERE location = ?)", arguments: [location])
            ?? false
    }

    /// The store at a location, noted where it is new.
    static func store(at location: String, in database: Database) throws -> Store {
        let known = try Row.fetchOne(
            database, sql: "SELECT id, folder FROM pack_store WHERE location = ?", arguments: [location])
        if let known { return Store(id: try known.value(at: 0), folder: try known.value(at: 1)) }
        let folder = newFolder()
        try database.execute(
            sql: "INSERT INTO pack_store (location, folder) VALUES (?, ?)", arguments: [location, folder])
        return Store(id: database.lastInsertedRowID, folder: folder)
    }

    /// Archives that share a store do not know of one another.
    static func newFolder() -> String { (0..<8).map { _ in UInt8.random(in: .min ... .max) }.hexadecimal }

    /// From now on the names of this archive's packs begin with another one in every store.
    static func moveToNewFolders(in database: Database) throws {
        for location in try folders(in: database).keys {
            try database.execute(
                sql: "UPDATE pack_store SET folder = ? WHERE location = ?", arguments: [newFolder(), location])
        }
    }

    /// The folders in which this archive's packs are from now on, by the location of their stores.
    static func folders(in database: Database) throws -> [String: String] {
        try Row.fetchAll(database, sql: "SELECT location, folder FROM pack_store").reduce(into: [:]) { found, row in
            found[try row.value(at: 0)] = try row.value(at: 1) as String
        }
    }

    /// Notes that pictures lie in another pack from now on, in one transaction; those that left their packs meanwhile do not.
    ///
    /// - Returns: how many were there.
    static func move(_ pictures: [DraftPicture], to pack: Int64, at now: Timestamp, in database: Database) throws -> Int
    {
        try database.execute(
            sql: "UPDATE pack SET stored_at = coalesce(stored_at, ?) WHERE id = ?", arguments: [now.milliseconds, pack])
        let leave = try database.cachedStatement(
            sql: "DELETE FROM packed_content WHERE id = ? AND pack_id <> ? RETURNING sha256")
        let arrive = try database.cachedStatement(
            sql: """
                INSERT INTO packed_content (id, sha256, pack_id, start, bytes, orientation) VALUES (?, ?, ?, ?, ?, ?)
                """)
        var count = 0
        for picture in pictures {
            guard let record = try PictureTable.record(of: picture.sha256, in: database),
                record.content == picture.content, record.stored == picture.stored,
                let sha256 = try Data.fetchOne(leave, arguments: [picture.content, pack])
            else { continue }
            try arrive.execute(
                arguments: [
                    picture.content, sha256, pack, picture.range.lowerBound, picture.range.count, picture.orientation,
                ])
            count += 1
        }
        return count
    }

    /// Notes a pack before it is put into its store, so that whatever becomes of it somebody knows of it.
    ///
    /// - Returns: its number; that of the one of this name where there is one.
    static func note(
        _ draft: PackDraft, as name: String, in store: Store, at now: Timestamp, _ database: Database
    ) throws -> Int64 {
        let known = try Int64.fetchOne(
            database, sql: "SELECT id FROM pack WHERE store_id = ? AND name = ?", arguments: [store.id, name])
        if let known { return known }
        try database.execute(
            sql: "INSERT INTO pack (store_id, name, sha256, bytes, noted_at) VALUES (?, ?, ?, ?, ?)",
            arguments: [store.id, name, draft.sha256.data, draft.size, now.milliseconds])
        return database.lastInsertedRowID
    }

    /// Notes that a pack was read back whole, and moves pictures out into it.
    ///
    /// A picture stays here that was changed since it was packed, or that a camera shows now: captures compare with it.
    static func settle(
        _ pack: Int64, with packed: [DraftPicture], at now: Timestamp, in pictures: ArchivePictures,
        _ database: Database
    ) throws -> (pictures: Int, bytes: ByteCount) {
        try database.execute(
            sql: "UPDATE pack SET stored_at = coalesce(stored_at, ?) WHERE id = ?", arguments: [now.milliseconds, pack])
        let shown = try Set(newestPictures(at: now, in: database))
        var moved = (pictures: 0, bytes: ByteCount.zero)
        for picture in packed where !shown.contains(picture.sha256) {
            guard let record = try PictureTable.record(of: picture.sha256, in: database),
                record.content == picture.content, record.stored == picture.stored,
                try place(of: picture.content, in: database) == nil
            else { continue }
            try pictures.moveOut(
                picture.content, to: picture.range, ofPack: pack, orientation: picture.orientation, in: database)
            moved.pictures += 1
            moved.bytes += ByteCount(picture.range.count)
        }
        return moved
    }

    /// The pictures of the cameras' newest frames: of all, and of those that were captured by now, as the clock may have been
    /// wrong once.
    static func newestPictures(at now: Timestamp, in database: Database) throws -> [SHA256Digest] {
        let newest = """
            SELECT frame.sha256 FROM camera CROSS JOIN frame ON frame.id = (
                SELECT id FROM frame INDEXED BY frame_by_camera WHERE camera_id = camera.id AND captured_at <= ?
                ORDER BY captured_at DESC, id DESC LIMIT 1)
            """
        return try [Int64.max, now.milliseconds].flatMap { until in
            try Row.fetchAll(database, sql: newest, arguments: [until]).map { try $0.sha256(at: 0) }
        }
    }

    /// Whether no picture lies in a pack.
    static func isEmpty(_ pack: Int64, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT NOT EXISTS (SELECT 1 FROM packed_content WHERE pack_id = ?)", arguments: [pack])
            ?? false
    }

    /// Forgets a pack that nothing is in.
    static func forget(_ pack: Int64, in database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM pack WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM packed_content WHERE pack_id = ?1)
                """, arguments: [pack])
    }
}
