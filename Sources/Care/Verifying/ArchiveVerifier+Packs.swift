internal import Archive
internal import GRDB
internal import Vocabulary

extension ArchiveVerifier {
    /// What the records say of packs: what an offload that was ended has left, and pictures in a pack that nobody read back.
    func checkPacks(_ findings: inout Findings) async throws {
        let packs = try await read("the list of packs", &findings) { try PackTable.all(in: $0) } ?? []
        findings.report.unfinishedPacks = packs.filter { !$0.isStored && $0.livePictures == 0 }.map(\.name)
        let unread = packs.filter { !$0.isStored && $0.livePictures > 0 }
        findings.add(
            unread.map { "pictures are in the pack \($0.name), which was never read back" }, of: "packs")
        let ends = try await read("the places in packs", &findings) { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT format('pictures are noted behind the end of the pack %s', name) FROM pack
                    WHERE bytes < (
                        SELECT start + bytes FROM packed_content WHERE pack_id = pack.id ORDER BY start DESC LIMIT 1)
                    LIMIT \(VerifyReport.problemLimit + 1)
                    """)
        }
        findings.add(ends ?? [], of: "places in packs")
    }
}
