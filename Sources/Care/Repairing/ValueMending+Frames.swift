internal import Archive
internal import Foundation
internal import GRDB
internal import NIOCore
internal import Storage
internal import Validation
internal import Vocabulary

extension ValueMending {
    /// What takes the place of a frame's value, in this order: later ones go by earlier ones. What is none of them and can be
    /// null is let go before.
    private static let frameValues: [(column: FrameColumn, value: String)] = [
        // The slot that was due when it was captured, if that has no frame.
        (
            .slotAt,
            """
            (SELECT slot FROM (
                SELECT from_at + (frame.captured_at - from_at) / interval_ms * interval_ms AS slot, until_at
                FROM ledger_run AS run WHERE run.camera_id = frame.camera_id AND outcome = 'stored'
                    AND from_at <= frame.captured_at ORDER BY from_at DESC LIMIT 1)
             WHERE slot < until_at AND NOT EXISTS (
                SELECT 1 FROM frame AS other WHERE other.camera_id = frame.camera_id AND other.slot_at = slot))
            """
        ),
        // A frame seen once was seen last when it was captured; else its slot, the server's time, or the frame before it tell.
        (
            .capturedAt,
            """
            coalesce(CASE WHEN seen = 1 AND \(ValueRule.isInstant("last_seen_at")) THEN last_seen_at END,
                CASE WHEN \(ValueRule.isInstant("slot_at")) THEN slot_at END, taken_at,
                (SELECT captured_at + 1 FROM frame AS other WHERE other.camera_id = frame.camera_id AND other.id < frame.id
                    AND \(ValueRule.isInstant("other.captured_at")) ORDER BY id DESC LIMIT 1),
                (SELECT captured_at - 1 FROM frame AS other WHERE other.camera_id = frame.camera_id AND other.id > frame.id
                    AND \(ValueRule.isInstant("other.captured_at")) ORDER BY id LIMIT 1), 0)
            """
        ),
        (
            .lastSeenAt,
            """
            max(captured_at, coalesce((SELECT max(until_at - interval_ms) FROM ledger_run
                WHERE frame_id = frame.id AND outcome IN ('duplicate', 'unchanged') AND \(LedgerTable.isPlausible)), 0))
            """
        ),
        (
            .seen,
            """
            1 + coalesce((SELECT CAST(total(slots) AS INTEGER) FROM ledger_run
                WHERE frame_id = frame.id AND outcome IN ('duplicate', 'unchanged')
                    AND slots BETWEEN 1 AND \(ValueRule.greatestNumber)), 0)
            """
        ),
        (
            .bytes,
            """
            coalesce((SELECT CASE WHEN stored_bytes IS NULL
                THEN \(ArchivePictures.size(ofContentIn: "picture.content_id")) ELSE picture.bytes END
                FROM picture WHERE picture.sha256 = frame.sha256), bytes)
            """
        ),
        (.excluded, "0"), (.pinned, "1"),
        (.damagedAt, "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"),
    ]

    mutating func mendFrames() throws {
        // It keeps frames from changing what totals and ledger rest on; these are put right after.
        try withoutTriggers(["frame_stays_itself"]) { mending in
            let others = FrameColumn.allCases.filter { column in
                column.canBeNull && !Self.frameValues.contains { $0.column == column }
            }
            for (column, value) in others.map({ ($0, "NULL") }) + Self.frameValues {
                if let rule = column.rule { try mending.replace(rule, by: value) }
            }
            try mending.mendSizes()
            try mending.renumber()
        }
    }

    /// Triggers are dropped and made again within the transaction: nobody else sees the archive without them.
    mutating func withoutTriggers(
        _ names: [String], _ body: (inout ValueMending) throws -> Void
    ) throws {
        let list = names.map { "'\($0)'" }.joined(separator: ", ")
        let triggers = try Row.fetchAll(
            database, sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name IN (\(list))")
        for trigger in triggers {
            try database.execute(sql: "DROP TRIGGER \((try trigger.value(at: 0) as String).quotedDatabaseIdentifier)")
        }
        try body(&self)
        for trigger in triggers { try database.execute(sql: try trigger.value(at: 1)) }
    }

    /// Width and height stand in the picture itself.
    private mutating func mendSizes() throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT frame.id, picture.content_id FROM frame JOIN picture ON picture.sha256 = frame.sha256
                WHERE NOT (width BETWEEN 1 AND 65535 AND height BETWEEN 1 AND 65535)
                """)
        for row in rows {
            let id: Int64 = try row.value(at: 0)
            guard let bytes = try pictures.getHere(try row.value(at: 1), in: database),
                let size = PictureCheck.size(of: bytes)
            else { continue }
            tell(["frame \(id) has a size that cannot be: its picture has \(size)"])
            try database.execute(
                sql: "UPDATE frame SET width = ?, height = ? WHERE id = ?", arguments: [size.width, size.height, id])
        }
    }

    /// A number that no archive reaches is replaced by the next one.
    private mutating func renumber() throws {
        let condition = "NOT (id BETWEEN 1 AND \(ValueRule.greatestNumber))"
        for id in try Int64.fetchAll(database, sql: "SELECT id FROM frame WHERE \(condition) ORDER BY captured_at") {
            // The row is written anew: a number that is in the index twice has two rows for a moment.
            let new = try Int64.fetchOne(database, sql: "SELECT \(FrameTable.nextNumber)") ?? 1
            tell(["frame \(id) has a number that cannot be: it is frame \(new) now"])
            try withoutTriggers(["frame_keeps_picture"]) { mending in
                try mending.database.execute(sql: "UPDATE frame SET id = ? WHERE id = ?", arguments: [new, id])
            }
            try database.execute(
                sql: "UPDATE ledger_run SET frame_id = ? WHERE frame_id = ?", arguments: [new, id])
        }
    }
}

extension PictureCheck {
    /// The size of a picture that decodes.
    static func size(of bytes: ByteBuffer) -> PixelSize? {
        try? FrameValidator.ofStoredPictures.validate(bytes).size
    }
}
