internal import Deduplication
internal import Foundation
internal import GRDB
internal import NIOCore
internal import Validation
internal import Vocabulary

extension ArchiveVerifier {
    /// What is wrong with a picture, by its digest.
    typealias Suspects = [SHA256Digest: String]

    /// Reads, hashes and decodes every picture, on all cores, in the order in which they lie in the file.
    func checkPictures(_ findings: inout Findings, _ progress: (VerifyProgress) -> Void) async throws -> Suspects {
        let count = try await read("the list of pictures", &findings) {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM picture")
        }
        let total = count.flatMap(\.self) ?? 0
        var (suspects, checked, bytes, frames) = (Suspects(), 0, ByteCount.zero, 0)
        try await withThrowingTaskGroup(of: PictureCheck.Result.self) { group in
            var (underWay, last) = (0, Int64.min)
            func settleOne() async throws {
                guard let result = try await group.next() else { return }
                underWay -= 1
                suspects.merge(result.suspects) { first, _ in first }
                checked += result.pictures
                bytes += result.bytes
                frames += result.frames
                progress(VerifyProgress(picturesChecked: checked, pictures: max(total, checked), bytesChecked: bytes))
            }
            while true {
                let page = try await read("the list of pictures", &findings) { [last] in
                    try PictureCheck.entries(after: last, in: $0)
                }
                guard let page, let end = page.last else { break }
                last = end.content
                if underWay >= ProcessInfo.processInfo.activeProcessorCount { try await settleOne() }
                group.addTask { [database] in try await PictureCheck.check(page, database) }
                underWay += 1
            }
            while underWay > 0 { try await settleOne() }
        }
        findings.report.bytesChecked = bytes
        findings.report.framesChecked = frames
        return suspects
    }

    /// Pictures whose bytes are gone.
    func picturesWithoutContent(_ findings: inout Findings) async throws -> Suspects {
        let missing = try await read("the list of pictures", &findings) { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT sha256 FROM picture WHERE NOT EXISTS (
                        SELECT 1 FROM picture_content AS content
                        WHERE content.id = picture.content_id AND content.sha256 = picture.sha256)
                    """)
            return try Array(rows.map { try $0.sha256(at: 0) })
        }
        return Suspects((missing ?? []).map { ($0, "its picture is missing") }) { first, _ in first }
    }

    /// Finds the frames that show the pictures, in one pass over all frames.
    func name(_ suspects: Suspects, _ findings: inout Findings) async throws {
        guard !suspects.isEmpty else { return }
        let found = try await read("the list of frames", &findings) { database in
            let rows = try Row.fetchCursor(database, sql: "SELECT id, sha256 FROM frame ORDER BY id")
            var damaged: [DamagedFrame] = []
            while let row = try rows.next() {
                let sha256 = try row.sha256(at: 1)
                guard let problem = suspects[sha256] else { continue }
                damaged.append(DamagedFrame(frame: FrameID(try row.value(at: 0)), sha256: sha256, problem: problem))
            }
            return damaged
        }
        findings.report.damaged = found ?? []
    }
}
