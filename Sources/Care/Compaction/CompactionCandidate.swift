internal import Archive
internal import Deduplication
internal import GRDB
internal import NIOCore
internal import Vocabulary

/// A picture that was not coded anew yet, by a frame that shows it.
struct CompactionCandidate: Sendable {
    let frame: FrameID
    let sha256: SHA256Digest
    let content: Int64
    let bytes: ByteCount

    /// What has become of one.
    enum Result: Sendable {
        case shrunk(CompactPicture)
        /// It cannot be made smaller.
        case asSmallAsItGets
        case leftAlone(problem: String)
        /// It was removed in the meantime.
        case gone
    }

    /// Reads the picture, and codes it anew.
    func shrink(_ database: any DatabaseReader, _ pictures: ArchivePictures) async throws -> Result {
        let original = try await database.read { database in
            try isOriginal(in: database) ? try pictures.get(content, in: database) : nil
        }
        guard let original else { return .gone }
        guard SHA256Digest(hashing: original) == sha256 else {
            return .leftAlone(problem: "its picture is not what was stored; “printlapse verify” tells more")
        }
        guard ByteCount(original.readableBytes) == bytes else {
            return .leftAlone(problem: "its picture has another size than is on record; “printlapse verify” tells more")
        }
        do throws(UnprovenPicture) {
            return try CompactPicture(of: original).map { .shrunk($0) } ?? .asSmallAsItGets
        } catch {
            return .leftAlone(problem: "its picture coded anew is not proven to be the same: \(error.reason)")
        }
    }

    /// Whether it was not replaced in the meantime.
    private func isOriginal(in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(
                sql: "SELECT 1 FROM picture WHERE sha256 = ? AND content_id = ? AND stored_bytes IS NULL"),
            arguments: [sha256.data, content]) != nil
    }

    /// Stores the new bytes instead of the original. The original's digest and size stay on record.
    ///
    /// They go behind all others, and not in the original's place: of a picture of many pages a part is in a page that it shares
    /// with its neighbours, and there what is saved would lie about in crumbs that nobody gets back.
    ///
    /// - Returns: `false` where the picture was removed or replaced since it was read.
    func replace(by picture: CompactPicture, in pictures: ArchivePictures, _ database: Database) throws -> Bool {
        guard try note(sha256: picture.sha256, bytes: picture.bytes.readableBytes, in: database) else { return false }
        try put(picture.bytes, in: pictures, database)
        return true
    }

    /// Moves a picture that stays as it is behind all others as well, out of a page that its neighbours have left.
    func move(in pictures: ArchivePictures, _ database: Database) throws {
        guard let bytes = try pictures.get(content, in: database) else { return }
        try put(bytes, in: pictures, database)
    }

    private func put(_ bytes: ByteBuffer, in pictures: ArchivePictures, _ database: Database) throws {
        let new = try pictures.put(bytes, of: sha256, in: database)
        try database.cachedStatement(sql: "UPDATE picture SET content_id = ? WHERE sha256 = ?")
            .execute(arguments: [new, sha256.data])
        try pictures.delete(content, in: database)
    }

    /// Notes that there is nothing to gain, so that nobody tries again.
    func keepAsItIs(in database: Database) throws -> Bool {
        try note(sha256: nil, bytes: Int(bytes.bytes), in: database)
    }

    private func note(sha256 stored: SHA256Digest?, bytes: Int, in database: Database) throws -> Bool {
        try database.cachedStatement(
            sql: """
                UPDATE picture SET stored_sha256 = ?, stored_bytes = ?
                WHERE sha256 = ? AND content_id = ? AND stored_bytes IS NULL
                """
        ).execute(arguments: [stored?.data, bytes, sha256.data, content])
        return database.changesCount == 1
    }
}
