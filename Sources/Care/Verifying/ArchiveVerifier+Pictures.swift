internal import Archive
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
        let order = try await read("the order of the pictures", &findings) { try PictureOrder.all(in: $0) }
        let before = depth == .decoding ? order.map { PicturesBefore($0, in: pictures) } : nil
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
            try await checkPictures(of: &walk, beside: before, &tally) { tally in
                journal?.save(tally, request, of: max(total, tally.pictures))
                progress(
                    VerifyProgress(
                        picturesChecked: tally.pictures, pictures: max(total, tally.pictures), bytesChecked: tally.bytes
                    ))
            }
            // All pages may have been under way already when the check was cancelled: what comes after them is to be gone on with.
            try Task.checkCancellation()
            journal?.remove()
        } catch {
            journal?.save(tally, request, of: max(total, tally.pictures), isLast: true)
            throw error
        }
        (findings.unfetched, findings.lost) = (tally.unfetched, tally.lost)
        findings.report.picturesPassedOver = tally.passedOver
        findings.report.bytesChecked = tally.bytes
        findings.report.framesChecked = tally.frames
        if request.since == nil { try await findMissingContents(tally.passed, &tally, &findings) }
        try await settle(tally.unmatched, &findings)
        findings.suspects.merge(tally.suspects) { first, _ in first }
        (findings.doubts, findings.seams) = (tally.doubts, tally.seams)
    }

    private func walk(
        _ request: VerifyRequest, after start: Int64, _ findings: inout Findings
    ) async throws -> PictureWalk {
        guard let since = request.since else { return .everything(in: pictures, after: start, subset: request.subset) }
        let list = try await read("the list of frames", &findings) { try PictureWalk.entries(since: since, in: $0) }
        return .listed(list ?? [], in: pictures, after: start, subset: request.subset)
    }

    /// Of some pictures, those that something is wrong with now: they may have been repaired or removed.
    func stillSuspect(_ pictures: some Collection<SHA256Digest>) async throws -> Suspects {
        guard !pictures.isEmpty else { return [:] }
        let entries = try await database.read { [pictures = Array(pictures)] database in
            try pictures.compactMap { picture in
                try PictureTable.content(of: picture, in: database)
                    .map { StoredPicture(content: $0, sha256: picture) }
            }
        }
        var suspects = Suspects()
        for entry in entries {
            let result = try await PictureCheck.check([entry], in: self.pictures, packs, depth, database)
            suspects.merge(result.suspects) { first, _ in first }
            if !result.unmatched.isEmpty { suspects[entry.sha256] = "its picture is missing" }
        }
        return suspects
    }

    /// Tasks are settled in the order of the walk, so that all before the tally's position is checked and nothing after it.
    private func checkPictures(
        of walk: inout PictureWalk, beside before: PicturesBefore?, _ tally: inout VerifyTally,
        _ settled: (VerifyTally) -> Void
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
                // In the order of the walk, in which packs are best read.
                let look = try await PictureCheck.look(at: page.entries, in: pictures, packs, database)
                group.addTask { [begun, database, depth] in
                    (begun, page, try await PictureCheck.check(look, depth, database, beside: before))
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
            walk = .listed(rest, in: pictures, after: walk.position, subset: walk.subset)
            return try await walk.next(database)
        }
    }
}
