package import Archive
internal import Deduplication
internal import Foundation
internal import GRDB
internal import NIOCore
internal import Validation
internal import Vocabulary

extension FrameTable {
    /// One above every number given so far, but for those that no archive reaches: a damaged one may be the greatest there is.
    package static let nextNumber = """
        1 + max(
            (SELECT coalesce(max(id), 0) FROM frame WHERE id <= \(ValueRule.greatestNumber)),
            (SELECT CASE WHEN last_removed_frame BETWEEN 0 AND \(ValueRule.greatestNumber)
                THEN last_removed_frame ELSE 0 END FROM archive_info))
        """

    /// Stores a record whose picture is there, and gives it the next number.
    ///
    /// The number is one above every number given so far. (`AUTOINCREMENT` would do the same through a table of its
    /// own, which costs one more page in the log of every commit.)
    static func insert(
        _ novel: NovelFrame, _ circumstances: FrameCircumstances, camera: Int64, print: Int64?, slot: Timestamp?,
        into database: Database
    ) throws -> FrameID {
        let (origin, size, look) = (novel.frame.origin, novel.frame.size, novel.look)
        try database.cachedStatement(
            sql: """
                INSERT INTO frame (id, camera_id, captured_at, taken_at, slot_at, last_seen_at, seen, width, height, bytes,
                    sha256, perceptual_hash, print_id, variant, source, progress, printer_state, prediction, brightness,
                    sharpness, change, changed_percent, suspect, suspect_place, excluded, pinned)
                VALUES (
                    \(nextNumber),
                    ?1, ?2, ?3, ?4, ?2, 1, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                    coalesce((SELECT excluded FROM print WHERE id = ?10), 0),
                    coalesce((SELECT pinned FROM print WHERE id = ?10), 0))
                """
        ).execute(arguments: [
            camera, origin.receivedAt.milliseconds, origin.takenAt?.milliseconds, slot?.milliseconds, size.width,
            size.height, novel.frame.bytes.readableBytes, novel.fingerprint.sha256.data,
            Int64(bitPattern: novel.fingerprint.perceptualHash.bits), print, origin.variant?.rawValue,
            origin.source.rawValue, circumstances.print?.progress, circumstances.print?.state.rawValue,
            circumstances.prediction, look.brightness, look.sharpness, look.change?.greatest, look.change?.percent,
            novel.frame.suspicion?.kind.rawValue, novel.frame.suspicion?.place,
        ])
        return FrameID(database.lastInsertedRowID)
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
