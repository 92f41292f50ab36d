internal import Archive
internal import Foundation
internal import GRDB
internal import Vocabulary

/// What is missing, what nobody needs, and which frames are concerned.
extension ArchiveVerifier {
    /// Frames whose picture has no record.
    func findFramesWithoutPicture(_ findings: inout Findings) async throws {
        for frames in try await framesInSteps(&findings) {
            let pictures = try await read("pictures of frames", &findings) { database in
                let rows = try Row.fetchCursor(
                    database,
                    sql: """
                        SELECT sha256 FROM frame WHERE id BETWEEN ? AND ?
                            AND NOT EXISTS (SELECT 1 FROM picture WHERE picture.sha256 = frame.sha256)
                        """, arguments: [frames.lowerBound, frames.upperBound])
                return try Array(rows.map { try $0.sha256(at: 0) })
            }
            for picture in pictures ?? [] { findings.suspects[picture] = "its picture is missing" }
        }
    }

    /// Pictures whose content the walk did not come by, and that is not there.
    func findMissingContents(
        _ passed: NumberRuns, _ tally: inout VerifyTally, _ findings: inout Findings
    ) async throws {
        var last = Data()
        while true {
            let found = try await read("the list of pictures", &findings) { [last, pictures] database in
                try pictures.missing(after: last, passed, in: database)
            }
            guard let found, let end = found.end else { return }
            tally.suspects.merge(found.suspects) { first, _ in first }
            last = end
        }
    }

    /// Tells, in one state of the archive, what became of contents and pictures that were not found together.
    func settle(_ unmatched: [StoredPicture], _ findings: inout Findings) async throws {
        guard !unmatched.isEmpty else { return }
        let settled = try await read("orphaned contents", &findings) { [pictures] database in
            var (orphans, suspects) = ([StoredPicture](), Suspects())
            for entry in unmatched {
                let content = try PictureTable.content(of: entry.sha256, in: database)
                let isThere = try pictures.has(entry, in: database)
                if isThere, content != entry.content { orphans.append(entry) }
                let own = content.map { StoredPicture(content: $0, sha256: entry.sha256) }
                if let own, try !pictures.has(own, in: database) {
                    suspects[entry.sha256] = "its picture is missing"
                }
            }
            return (orphans, suspects)
        }
        guard let (orphans, suspects) = settled else { return }
        findings.add(
            orphans.map { "picture content \($0.content) belongs to no picture" }, of: "orphaned contents")
        findings.orphans = orphans
        findings.suspects.merge(suspects) { first, _ in first }
    }
}

extension PictureStore {
    /// Pictures on record whose content is not there.
    ///
    /// - Parameters:
    ///   - last: the digest behind which to begin.
    ///   - passed: contents that are known to be there.
    /// - Returns: also the digest behind which to go on; `nil` at the end.
    fileprivate func missing(
        after last: Data, _ passed: NumberRuns, in database: Database
    ) throws -> (suspects: ArchiveVerifier.Suspects, end: Data?) {
        var (suspects, end) = (ArchiveVerifier.Suspects(), Data?.none)
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT sha256, content_id FROM picture WHERE sha256 > ? ORDER BY sha256 LIMIT 10000"),
            arguments: [last])
        while let row = try rows.next() {
            let picture = StoredPicture(content: try row.value(at: 1), sha256: try row.sha256(at: 0))
            end = picture.sha256.data
            if passed.contains(picture.content) { continue }
            if try !has(picture, in: database) { suspects[picture.sha256] = "its picture is missing" }
        }
        return (suspects, end)
    }

    /// Whether a content is there and of that picture, as far as it can be read.
    fileprivate func has(_ picture: StoredPicture, in database: Database) throws -> Bool {
        do {
            return try self.picture(of: picture.content, in: database) == picture.sha256
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            return false
        } catch is MisreadColumn {
            return false
        }
    }
}
