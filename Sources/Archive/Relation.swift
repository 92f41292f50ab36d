internal import GRDB

/// A promise between tables, as a query for the rows that break it.
struct Relation: Sendable {
    let name: String
    /// Selects one text for each row that breaks the promise.
    private let query: String

    /// One more than is told, so that the reader learns that there are more.
    func violations(in database: Database) throws -> [String] {
        try String.fetchAll(database, sql: query + " LIMIT \(VerifyReport.problemLimit + 1)")
    }

    static let all = [
        Relation(
            name: "references between tables",
            query: """
                SELECT format('%s row %s refers to a %s that is not there', "table", coalesce(rowid, '?'), parent)
                FROM pragma_foreign_key_check
                """),
        Relation(
            name: "pictures of frames",
            query: """
                SELECT format('frame %d has no picture', frame.id) FROM frame
                WHERE NOT EXISTS (SELECT 1 FROM picture WHERE picture.sha256 = frame.sha256)
                """),
        Relation(
            name: "sizes of pictures",
            query: """
                SELECT format('frame %d says %d bytes, its picture has %d', frame.id, frame.bytes, picture.bytes)
                FROM frame JOIN picture ON picture.sha256 = frame.sha256 WHERE picture.bytes <> frame.bytes
                """),
        Relation(
            name: "reference counts",
            query: """
                SELECT format('picture %s counts %d frames, %d show it', lower(hex(picture.sha256)),
                    picture.reference_count, coalesce(shown.frames, 0))
                FROM picture LEFT JOIN (SELECT sha256, count(*) AS frames FROM frame GROUP BY sha256) AS shown
                    ON shown.sha256 = picture.sha256
                WHERE picture.reference_count <> coalesce(shown.frames, 0) OR picture.reference_count = 0
                """),
        Relation(
            name: "orphaned contents",
            query: """
                SELECT format('picture content %d belongs to no picture', id) FROM picture_content AS content
                WHERE NOT EXISTS (
                    SELECT 1 FROM picture WHERE picture.sha256 = content.sha256 AND picture.content_id = content.id)
                """),
        Relation(
            name: "values of frames",
            query: """
                SELECT format('frame %d has a value that cannot be', id) FROM frame
                WHERE NOT (last_seen_at >= captured_at AND seen >= 1 AND width > 0 AND height > 0 AND bytes > 0
                    AND excluded IN (0, 1) AND pinned IN (0, 1)
                    AND (variant IS NULL OR variant IN ('raw', 'tagged', 'latest'))
                    AND source IN ('webcam_api', 'live', 'url', 'import'))
                """),
        Relation(
            name: "prints of frames",
            query: """
                SELECT format('frame %d is of another camera than its print', frame.id)
                FROM frame JOIN print ON print.id = frame.print_id WHERE print.camera_id <> frame.camera_id
                """),
        Relation(
            name: "frames stored twice",
            query: """
                SELECT format('frames %d and %d are the same picture of the same instant', frame.id, other.id)
                FROM frame JOIN frame AS other INDEXED BY frame_by_camera
                    ON other.camera_id = frame.camera_id AND other.captured_at = frame.captured_at AND other.id > frame.id
                WHERE other.sha256 = frame.sha256
                """),
        Relation(
            name: "the archive's own row",
            query: """
                SELECT 'the archive has no row in archive_info' WHERE NOT EXISTS (SELECT 1 FROM archive_info)
                """),
    ]
}
