internal import Foundation
internal import GRDB
internal import Vocabulary

extension ArchiveVerifier {
    /// Reads, hashes and decodes the pictures, on all cores, in the order in which they lie in the file.
    func checkPictures(
        _ request: VerifyRequest, _ journal: VerifyJournal?, _ findings: inout Findings,
        _ progress: (VerifyProgress) -> Void
    ) async throws {
        var tally = try journal?.resumed(request) ?? VerifyTally()
        let start = tally.position
        tally.suspects = try await stillSuspect(tally.suspects.keys)
        var walk = try await walk(request, after: start, &findings)
        let total: Int
        if let count = walk.count {
            total = tally.pictures + count
        } else {
            let all = try await read("the list of pictures", &findings) {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM picture") ?? 0
            }
            total = (all ?? 0) / (request.subset?.count ?? 1)
        }
        do {
            try await checkPictures(of: &walk, &tally) { tally in
                journal?.save(tally, request)
                progress(
                    VerifyProgress(
                        picturesChecked: tally.pictures, pictures: max(total, tally.pictures), bytesChecked: tally.bytes
                    ))
            }
            journal?.remove()
        } catch {
            journal?.save(tally, request, isLast: true)
            throw error
        }
        findings.report.bytesChecked = tally.bytes
        findings.report.framesChecked = tally.frames
        if request.since == nil { try await findMissingContents(tally.passed, &tally, &findings) }
        try await settle(tally.unmatched, &findings)
        findings.suspects.merge(tally.suspects) { first, _ in first }
    }

    private func walk(
        _ request: VerifyRequest, after start: Int64, _ findings: inout Findings
    ) async throws -> PictureWalk {
        guard let since = request.since else { return .everything(after: start, subset: request.subset) }
        let list = try await read("the list of frames", &findings) { try PictureWalk.entries(since: since, in: $0) }
        return .listed(list ?? [], after: start, subset: request.subset)
    }

    /// Of some pictures, those that something is wrong with now: they may have been repaired or removed.
    func stillSuspect(_ pictures: some Collection<SHA256Digest>) async throws -> Suspects {
        guard !pictures.isEmpty else { return [:] }
        let entries = try await database.read { [pictures = Array(pictures)] database in
            try pictures.compactMap { picture in
                try Int64.fetchOne(
                    database.cachedStatement(sql: "SELECT content_id FROM picture WHERE sha256 = ?"),
                    arguments: [picture.data]
                ).map { PictureWalk.Entry(content: $0, sha256: picture) }
            }
        }
        var suspects = Suspects()
        for entry in entries {
            let result = try await PictureCheck.check([entry], depth, database)
            suspects.merge(result.suspects) { first, _ in first }
            if !result.unmatched.isEmpty { suspects[entry.sha256] = "its picture is missing" }
        }
        return suspects
    }

    /// Tasks are settled in the order of the walk, so that all before the tally's position is checked and nothing after it.
    private func checkPictures(
        of walk: inout PictureWalk, _ tally: inout VerifyTally, _ settled: (VerifyTally) -> Void
    ) async throws {
        let width = ProcessInfo.processInfo.activeProcessorCount + 1
        try await withThrowingTaskGroup(of: (Int, PictureWalk.Page, PictureCheck.Result).self) { group in
            var (begun, done) = (0, 0)
            var early: [Int: (PictureWalk.Page, PictureCheck.Result)] = [:]
            func settleOne() async throws {
                guard let (number, page, result) = try await group.next() else { return }
                early[number] = (page, result)
                while let (page, result) = early.removeValue(forKey: done) {
                    tally.add(result, of: page)
                    done += 1
                    settled(tally)
                }
            }
            while let page = try await nextPage(of: &walk) {
                if begun - done >= 2 * width { try await settleOne() }
                group.addTask { [begun, database, depth] in
                    (begun, page, try await PictureCheck.check(page.entries, depth, database))
                }
                begun += 1
            }
            while done < begun { try await settleOne() }
        }
    }

    /// A file torn inside the pictures' tree hides what comes after the tear from a walk along it: from there on each
    /// picture is looked up by itself.
    private func nextPage(of walk: inout PictureWalk) async throws -> PictureWalk.Page? {
        do {
            return try await walk.next(database)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT && walk.count == nil {
            let rest = try await database.read { [position = walk.position] in
                try PictureWalk.entries(after: position, in: $0)
            }
            walk = .listed(rest, after: walk.position, subset: walk.subset)
            return try await walk.next(database)
        }
    }

    // MARK: - What is missing, and what nobody needs

    /// Frames whose picture has no record.
    func findFramesWithoutPicture(_ findings: inout Findings) async throws {
        let pictures = try await read("pictures of frames", &findings) { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT DISTINCT sha256 FROM frame
                    WHERE NOT EXISTS (SELECT 1 FROM picture WHERE picture.sha256 = frame.sha256)
                    """)
            return try Array(rows.map { try $0.sha256(at: 0) })
        }
        for picture in pictures ?? [] { findings.suspects[picture] = "its picture is missing" }
    }

    /// Pictures whose content the walk did not come by, and that is not there.
    private func findMissingContents(
        _ passed: NumberRuns, _ tally: inout VerifyTally, _ findings: inout Findings
    ) async throws {
        var last = Data()
        while true {
            let found = try await read("the list of pictures", &findings) { [last] database in
                try Self.missingContents(after: last, passed, in: database)
            }
            guard let found, let end = found.end else { return }
            tally.suspects.merge(found.suspects) { first, _ in first }
            last = end
        }
    }

    private static func missingContents(
        after last: Data, _ passed: NumberRuns, in database: Database
    ) throws -> (suspects: Suspects, end: Data?) {
        var (suspects, end) = (Suspects(), Data?.none)
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT sha256, content_id FROM picture WHERE sha256 > ? ORDER BY sha256 LIMIT 10000"),
            arguments: [last])
        while let row = try rows.next() {
            let picture = try row.sha256(at: 0)
            end = picture.data
            let content: Int64 = try row.value(at: 1)
            if passed.contains(content) { continue }
            if try !hasContent(PictureWalk.Entry(content: content, sha256: picture), in: database) {
                suspects[picture] = "its picture is missing"
            }
        }
        return (suspects, end)
    }

    private static func hasContent(_ entry: PictureWalk.Entry, in database: Database) throws -> Bool {
        do {
            return try Int.fetchOne(
                database.cachedStatement(sql: "SELECT 1 FROM picture_content WHERE id = ? AND sha256 = ?"),
                arguments: [entry.content, entry.sha256.data]) != nil
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            return false
        }
    }

    /// Tells, in one state of the archive, what became of contents and pictures that were not found together.
    private func settle(_ unmatched: [PictureWalk.Entry], _ findings: inout Findings) async throws {
        guard !unmatched.isEmpty else { return }
        let settled = try await read("orphaned contents", &findings) { database in
            var (orphans, suspects) = ([PictureWalk.Entry](), Suspects())
            for entry in unmatched {
                let content = try Int64.fetchOne(
                    database, sql: "SELECT content_id FROM picture WHERE sha256 = ?", arguments: [entry.sha256.data])
                let isThere = try Self.hasContent(entry, in: database)
                if isThere, content != entry.content { orphans.append(entry) }
                let own = content.map { PictureWalk.Entry(content: $0, sha256: entry.sha256) }
                if let own, try !Self.hasContent(own, in: database) {
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

    // MARK: - Frames

    /// Finds the frames that show suspect pictures and those that are known to, in one pass over all frames.
    func name(_ findings: inout Findings) async throws {
        let suspects = findings.suspects
        let found = try await read("the list of frames", &findings) { database in
            let rows = try Row.fetchCursor(
                database,
                sql: suspects.isEmpty
                    ? "SELECT id, sha256, 1 FROM frame WHERE damaged_at IS NOT NULL ORDER BY id"
                    : "SELECT id, sha256, damaged_at IS NOT NULL FROM frame ORDER BY id")
            var found = Findings()
            found.newest = FrameID(try Int64.fetchOne(database, sql: "SELECT max(id) FROM frame") ?? 0)
            while let row = try rows.next() {
                let (id, isKnown) = (FrameID(try row.value(at: 0)), try row.value(at: 2) as Bool)
                let sha256 = try row.sha256(at: 1)
                let problem = suspects[sha256]
                guard isKnown || problem != nil else { continue }
                found.frames[sha256, default: []].append(id)
                if isKnown {
                    found.quarantined.insert(id)
                } else if let problem {
                    found.report.damaged.append(DamagedFrame(frame: id, sha256: sha256, problem: problem))
                }
            }
            return found
        }
        guard let found else { return }
        findings.report.damaged = found.report.damaged
        findings.report.quarantined = found.quarantined.count
        (findings.frames, findings.quarantined, findings.newest) = (found.frames, found.quarantined, found.newest)
    }
}
