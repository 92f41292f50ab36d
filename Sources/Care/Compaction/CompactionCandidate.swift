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

    /// Stores bytes instead of those that there are, behind all others.
    ///
    /// Not in the place of the old ones: of a picture of many pages a part is in a page that it shares with its neighbours, and
    /// there what is saved would lie about in crumbs that nobody gets back.
    static func place(
        _ moves: [(candidate: CompactionCandidate, bytes: ByteBuffer)], in pictures: ArchivePictures,
        _ database: Database
    ) throws {
        let contents = try pictures.put(
            moves.map { NewContent($0.bytes, of: $0.candidate.sha256) }, in: database)
        for ((candidate, _), content) in zip(moves, contents) {
            try database.cachedStatement(sql: "UPDATE picture SET content_id = ? WHERE sha256 = ?")
                .execute(arguments: [content, candidate.sha256.data])
            try pictures.delete(candidate.content, in: database)
        }
    }

    /// Notes what the picture takes now; its digest and size as captured stay on record.
    ///
    /// - Returns: `false` where it was removed or replaced since it was read.
    func record(_ picture: CompactPicture, in database: Database) throws -> Bool {
        try record(sha256: picture.sha256, bytes: picture.bytes.readableBytes, in: database)
    }

    /// Notes that there is nothing to gain, so that nobody tries again.
    ///
    /// - Returns: `false` where it was removed or replaced since it was read.
    func noteAsSmallAsItGets(in database: Database) throws -> Bool {
        try record(sha256: nil, bytes: Int(bytes.bytes), in: database)
    }

    private func record(sha256 stored: SHA256Digest?, bytes: Int, in database: Database) throws -> Bool {
        try database.cachedStatement(
            sql: """
                UPDATE picture SET stored_sha256 = ?, stored_bytes = ?
                WHERE sha256 = ? AND content_id = ? AND stored_bytes IS NULL
                """
        ).execute(arguments: [stored?.data, bytes, sha256.data, content])
        return database.changesCount == 1
    }
}
