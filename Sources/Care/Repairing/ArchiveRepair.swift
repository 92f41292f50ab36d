internal import Archive
internal import Deduplication
internal import GRDB
internal import NIOCore
internal import Storage
internal import Vocabulary

/// One repair of an archive.
struct ArchiveRepair {
    let archive: FrameArchive
    let donors: [PictureDonor]
    /// Reads the pictures that lie in packs; `nil` to pass over them.
    let packs: (any PackedPictures)?
    private(set) var report = RepairReport()

    /// So many frames are marked in one transaction.
    private static let framesAtOnce = 50

    init(archive: FrameArchive, donors: [PictureDonor], packs: (any PackedPictures)?) {
        (self.archive, self.donors, self.packs) = (archive, donors, packs)
    }

    mutating func run(_ progress: (VerifyProgress) -> Void) async throws {
        // What is read by the values comes after them.
        try await mendValues()
        let verifier = ArchiveVerifier(database: archive.pool, path: archive.path, packs: packs)
        var findings = try await verifier.examineTables(quick: false)
        try await verifier.checkPictures(VerifyRequest(), nil, &findings, progress)
        // An index that is wrong hides frames from whoever looks for them.
        try await remakeIndexes(of: findings.tables)
        try await verifier.name(&findings)

        try await mendPictures(findings)
        try await bringBackLost(&findings)
        try await release(findings)
        try await mark(findings.report.suspect)
        try await correctNumbers()
        try await remove(findings.orphans)

        var after = try await verifier.examineTables(quick: findings.tables.isEmpty)
        after.suspects.merge(try await verifier.stillSuspect(findings.suspects.keys)) { first, _ in first }
        try await verifier.name(&after)
        report.after = after.report
        report.after.framesChecked = findings.report.framesChecked
        report.after.bytesChecked = findings.report.bytesChecked
        report.after.unread = findings.report.unread
        report.after.picturesPassedOver = findings.report.picturesPassedOver
    }

    // MARK: - Values

    private mutating func mendValues() async throws {
        do {
            report.values = try await archive.commit { [pictures = archive.pictures] in
                try ValueMending.run(in: $0, pictures)
            }
        } catch ArchiveError.damaged(_, let what) {
            report.failures.append("values that cannot be are not put right: \(what)")
        }
    }

    // MARK: - Pictures

    private mutating func mendPictures(_ findings: ArchiveVerifier.Findings) async throws {
        for picture in findings.suspects.keys.sorted(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) }) {
            try Task.checkCancellation()
            guard let frames = findings.frames[picture] else { continue }  // none shows it: its count is put right
            let mending = PictureMending(sha256: picture, frames: frames, newest: findings.newest)
            if try await mend(mending, findings.orphans) {
                report.restored += frames
                try await mark(frames.filter(findings.quarantined.contains), damagedAt: nil)
            } else {
                let unmarked = frames.filter { !findings.quarantined.contains($0) }
                try await mark(unmarked, damagedAt: .wallClock)
                report.quarantined += unmarked
            }
        }
    }

    /// Pictures whose pack is gone or was cut short: a good copy comes in its place. Of the others nothing is said, for the pack may come
    /// back.
    private mutating func bringBackLost(_ findings: inout ArchiveVerifier.Findings) async throws {
        guard !donors.isEmpty, !findings.lost.isEmpty else { return }
        let frames = try await archive.pool.read { [lost = findings.lost] database in
            var frames: [SHA256Digest: [FrameID]] = [:]
            let rows = try Row.fetchCursor(database, sql: "SELECT id, sha256 FROM frame ORDER BY id")
            while let row = try rows.next() {
                let picture = try row.sha256(at: 1)
                if lost[picture] != nil { frames[picture, default: []].append(FrameID(try row.value(at: 0))) }
            }
            return frames
        }
        for (picture, frames) in frames.sorted(by: { $0.value[0] < $1.value[0] }) {
            try Task.checkCancellation()
            let mending = PictureMending(sha256: picture, frames: frames, newest: findings.newest)
            guard try await mend(mending, findings.orphans) else { continue }
            report.restored += frames
            try await mark(frames.filter(findings.quarantined.contains), damagedAt: nil)
            if let reason = findings.lost[picture] { findings.unfetched[reason, default: 1] -= 1 }
        }
    }

    /// - Returns: whether the picture is good now.
    private mutating func mend(_ mending: PictureMending, _ orphans: [StoredPicture]) async throws -> Bool {
        let digests = try await archive.pool.read { try mending.digests(in: $0) }
        var copy = await ownCopy(mending, orphans, digests)
        for donor in donors where copy == nil {
            copy = try await donor.copy(of: mending.sha256, as: digests)
        }
        guard let copy else { return false }
        // Where SQLite cannot find its way in the damaged content, the good one gets a place of its own.
        if try await replace(mending, by: copy, anew: false) == nil { return true }
        guard let problem = try await replace(mending, by: copy, anew: true) else { return true }
        report.failures.append("the good copy of picture \(mending.sha256) cannot be written: \(problem)")
        return false
    }

    /// - Returns: what about the file's structure keeps the copy from being written; `nil` where it is.
    private func replace(_ mending: PictureMending, by copy: ByteBuffer, anew: Bool) async throws -> String? {
        do {
            let digest = SHA256Digest(hashing: copy)
            try await archive.commit { [pictures = archive.pictures] in
                try mending.replace(by: copy, digest: digest, anew: anew, in: pictures, $0)
            }
            return nil
        } catch ArchiveError.damaged(_, let what) {
            return what
        }
    }

    private func ownCopy(
        _ mending: PictureMending, _ orphans: [StoredPicture], _ digests: [SHA256Digest]
    ) async -> ByteBuffer? {
        do {
            let own = try await archive.pool.read { [pictures = archive.pictures] in
                try mending.ownContents(orphans, in: pictures, $0)
            }
            return own.first { bytes in
                let digest = SHA256Digest(hashing: bytes)
                return digests.contains(digest) && PictureCheck.problem(of: bytes, digest, .decoding) == nil
            }
        } catch {
            return nil  // what cannot be read is no copy
        }
    }

    /// Frames that are marked as damaged although their pictures are good.
    private mutating func release(_ findings: ArchiveVerifier.Findings) async throws {
        for (picture, frames) in findings.frames where findings.suspects[picture] == nil {
            let marked = frames.filter(findings.quarantined.contains)
            guard !marked.isEmpty, try await isGood(picture) else { continue }
            try await mark(marked, damagedAt: nil)
            report.released += marked
        }
    }

    /// Of a picture that nothing was found wrong with: one in a pack may not have been looked at, or not have been to be had.
    private func isGood(_ picture: SHA256Digest) async throws -> Bool {
        let packed = try await archive.pool.read { database in
            try PictureTable.content(of: picture, in: database).flatMap { content in
                try PackTable.place(of: content, in: database).map { _ in
                    StoredPicture(content: content, sha256: picture)
                }
            }
        }
        guard let packed else { return true }
        let result = try await PictureCheck.check([packed], in: archive.pictures, packs, .decoding, archive.pool)
        return result.frames > 0 && result.suspects.isEmpty
    }

    /// Writes down what the check saw: a check itself writes nothing, because a capture may run beside it.
    private mutating func mark(_ suspects: [SuspectFrame]) async throws {
        let found = suspects.filter { !$0.isNoted }
        for start in stride(from: 0, to: found.count, by: Self.framesAtOnce) {
            let batch = found[start..<min(found.count, start + Self.framesAtOnce)]
            try await archive.commit { database in
                let statement = try database.cachedStatement(
                    sql: "UPDATE frame SET suspect = ?, suspect_place = ? WHERE id = ? AND suspect IS NULL")
                for suspect in batch {
                    try statement.execute(arguments: [
                        suspect.suspicion.kind.rawValue, suspect.suspicion.place, suspect.frame.number,
                    ])
                }
            }
        }
        report.noted = found.map(\.frame)
    }

    private func mark(_ frames: [FrameID], damagedAt instant: Timestamp?) async throws {
        for start in stride(from: 0, to: frames.count, by: Self.framesAtOnce) {
            let batch = frames[start..<min(frames.count, start + Self.framesAtOnce)]
            try await archive.commit { database in
                let statement = try database.cachedStatement(sql: "UPDATE frame SET damaged_at = ? WHERE id = ?")
                for frame in batch { try statement.execute(arguments: [instant?.milliseconds, frame.number]) }
            }
        }
    }

    // MARK: - What is derived

    private mutating func remakeIndexes(of tables: Set<String>) async throws {
        for table in tables.sorted() {
            do {
                let hadIndexes = try await archive.commit { database in
                    let indexes = try Int.fetchOne(
                        database, sql: "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?",
                        arguments: [table])
                    guard let indexes, indexes > 0 else { return false }
                    // A name takes no parameter; this one is from the schema.
                    try database.execute(sql: "REINDEX \(table.quotedDatabaseIdentifier)")
                    return true
                }
                if hadIndexes { report.tables.append(table) }
            } catch ArchiveError.damaged(_, let what) {
                report.failures.append(
                    """
                    the indexes of table \(table) cannot be made anew: \(what). Restore a backup, or let “sqlite3 ARCHIVE \
                    .recover” copy what can be read into a new file
                    """)
            }
        }
    }

    /// Counted again after the pictures, because one that was missing has its count by now.
    private mutating func correctNumbers() async throws {
        for kind in Deviation.kinds {
            let deviations: [Deviation]
            do { deviations = try await archive.pool.read { try kind.all($0) } } catch is DatabaseError { continue }
            for deviation in deviations {
                do {
                    try await archive.commit { [pictures = archive.pictures] in
                        try deviation.correct(in: $0, pictures)
                    }
                    report.numbers += 1
                } catch ArchiveError.damaged(_, let what) {
                    report.failures.append("\(deviation), which cannot be put right: \(what)")
                }
            }
            // A trigger took the corrections for frames that came and went.
            if kind.name == Deviation.referenceCounts, !deviations.isEmpty {
                try await archive.commit { try ValueMending.sumPicturesUp(in: $0) }
            }
        }
    }

    private mutating func remove(_ orphans: [StoredPicture]) async throws {
        for orphan in orphans {
            do {
                report.orphans += try await archive.commit { [pictures = archive.pictures] database in
                    guard try pictures.picture(of: orphan.content, in: database) == orphan.sha256,
                        try PictureTable.content(of: orphan.sha256, in: database) != orphan.content
                    else { return 0 }
                    try pictures.delete(orphan.content, in: database)
                    return 1
                }
            } catch ArchiveError.damaged(_, let what) {
                report.failures.append("picture content \(orphan.content) cannot be removed: \(what)")
            }
        }
    }
}
