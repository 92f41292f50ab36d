internal import Archive
internal import GRDB

/// A promise between tables, as a query for the rows that break it.
struct Relation: Sendable {
    let name: String
    /// Selects one text for each row that breaks the promise.
    private let query: String
    /// Whether the query is about the frames with `id BETWEEN ?1 AND ?2`, so that it can be asked in small steps.
    let isByFrame: Bool

    /// Whether the ledger is not sound where it is broken.
    let isOfLedger: Bool

    private init(name: String, isByFrame: Bool = false, isOfLedger: Bool = false, query: String) {
        (self.name, self.isByFrame, self.isOfLedger, self.query) = (name, isByFrame, isOfLedger, query)
    }

    /// One more than is told, so that the reader learns that there are more.
    func violations(in frames: ClosedRange<Int64>?, of database: Database) throws -> [String] {
        try String.fetchAll(
            database, sql: query + " LIMIT \(VerifyReport.problemLimit + 1)",
            arguments: frames.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }

    static let all =
        ValueRule.tables.filter { $0 != "frame" }.map { table in
            Relation(
                name: "values of \(table)", isOfLedger: table == "ledger_run", query: ValueRule.violations(of: table))
        } + [
            Relation(
                name: "references between tables",
                query: """
                    SELECT format('%s row %s refers to a %s that is not there', "table", coalesce(rowid, '?'), parent)
                    FROM pragma_foreign_key_check
                    """),
            Relation(
                name: "sizes of pictures", isByFrame: true,
                query: """
                    SELECT format('frame %d says %d bytes, its picture has %d', frame.id, frame.bytes, picture.bytes)
                    FROM frame JOIN picture ON picture.sha256 = frame.sha256
                    WHERE frame.id BETWEEN ?1 AND ?2 AND picture.bytes <> frame.bytes
                    """),
            Relation(
                name: "values of frames", isByFrame: true,
                query: ValueRule.violations(of: "frame", where: "id BETWEEN ?1 AND ?2")),
            Relation(
                name: "words of frames", isByFrame: true,
                query: """
                    SELECT format('frame %d has a word that cannot be', id) FROM frame
                    WHERE id BETWEEN ?1 AND ?2 AND NOT ((variant IS NULL OR variant IN ('raw', 'tagged', 'latest'))
                        AND source IN ('webcam_api', 'live', 'url', 'import'))
                    """),
            Relation(
                name: "prints of frames", isByFrame: true,
                query: """
                    SELECT format('frame %d is of another camera than its print', frame.id)
                    FROM frame JOIN print ON print.id = frame.print_id
                    WHERE frame.id BETWEEN ?1 AND ?2 AND print.camera_id <> frame.camera_id
                    """),
            Relation(
                name: "frames stored twice", isByFrame: true,
                query: """
                    SELECT format('frames %d and %d are the same picture of the same instant', frame.id, other.id)
                    FROM frame CROSS JOIN frame AS other INDEXED BY frame_by_camera
                        ON other.camera_id = frame.camera_id AND other.captured_at = frame.captured_at AND other.id > frame.id
                    WHERE frame.id BETWEEN ?1 AND ?2 AND other.sha256 = frame.sha256
                    """),
            Relation(
                name: "the archive's own row",
                query: """
                    SELECT 'the archive has no row in archive_info' WHERE NOT EXISTS (SELECT 1 FROM archive_info)
                    """),
        ]
}
