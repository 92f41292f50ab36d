package import Archive
internal import Deduplication
package import GRDB
package import Vocabulary

extension FrameTable {
    /// One above every number given so far, but for those that no archive reaches: a damaged one may be the greatest there is.
    package static let nextNumber = """
        1 + max(
            (SELECT coalesce(max(id), 0) FROM frame WHERE id <= \(ValueRule.greatestNumber)),
            (SELECT CASE WHEN last_removed_frame BETWEEN 0 AND \(ValueRule.greatestNumber)
                THEN last_removed_frame ELSE 0 END FROM archive_info))
        """

    /// The next frame's number: one above every number given so far.
    ///
    /// (`AUTOINCREMENT` would do the same through a table of its own, which costs one more page in the log of every commit.)
    package static func nextID(in database: Database) throws -> FrameID {
        FrameID(try Int64.fetchOne(database.cachedStatement(sql: "SELECT \(nextNumber)")) ?? 1)
    }

    /// Stores a new frame, whose picture is there.
    ///
    /// - Parameter print: the archive's number of the print job that it shows.
    static func insert(
        _ novel: NovelFrame, _ circumstances: FrameCircumstances, camera: Int64, print: Int64?, slot: Timestamp?,
        into database: Database
    ) throws -> ArchivedFrame {
        let frame = ArchivedFrame(
            novel, circumstances, id: try nextID(in: database), print: print,
            marks: try PrintTable.marks(of: print, in: database))
        try insert(frame, camera: camera, slot: slot, into: database)
        return frame
    }

    /// Notes that the camera showed the frame's picture again.
    static func see(_ frame: FrameID, at instant: Timestamp, in database: Database) throws {
        try database.cachedStatement(
            sql:
                "UPDATE frame SET seen = min(seen, 1099511627776) + 1, last_seen_at = max(last_seen_at, ?) WHERE id = ?"
        ).execute(arguments: [instant.milliseconds, frame.number])
    }

    /// Notes that the frame is in no slot of the ledger.
    static func detachFromSlot(_ frame: FrameID, in database: Database) throws {
        try database.execute(sql: "UPDATE frame SET slot_at = NULL WHERE id = ?", arguments: [frame.number])
    }
}
