internal import Archive
internal import GRDB
internal import Vocabulary

/// Puts values that cannot be right, by what the rest of the archive says.
///
/// A frame's times bear one another out, its size stands in its picture, a run of slots fits between its neighbours; a mark, a
/// measure or a reading that is lost is let go. What was there, and what took its place, is told.
struct ValueMending {
    let database: Database
    let pictures: ArchivePictures
    private(set) var report: [String] = []

    /// In one transaction: what is damaged so is a few rows.
    static func run(in database: Database, _ pictures: ArchivePictures) throws -> [String] {
        // Values are put right one by one, and meanwhile others beside them may break what the schema says of both.
        try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
        let report = Result { try mended(database, pictures) }
        // Also after an error, which is thrown on: what is written next is to be held to the schema.
        try database.execute(sql: "PRAGMA ignore_check_constraints = OFF")
        return try report.get()
    }

    private static func mended(_ database: Database, _ pictures: ArchivePictures) throws -> [String] {
        var mending = ValueMending(database: database, pictures: pictures)
        try mending.renumberContents()
        try mending.restoreNumber(
            in: "camera",
            from: ["frame", "ledger_run", "print", "usage_reading", "quarantine"].map { ($0, "camera_id") })
        try mending.restoreNumber(in: "print", from: [("frame", "print_id")])
        try mending.mendReferences()
        for table in ValueRule.tables {
            guard try mending.isDamaged(table) else { continue }
            switch table {
            case "frame": try mending.mendFrames()
            case "ledger_run": try mending.mendRuns()
            case "picture": try mending.mendPictures()
            default: try mending.mendOthers(table)
            }
        }
        return mending.report
    }

    private func isDamaged(_ table: String) throws -> Bool {
        try String.fetchOne(database, sql: ValueRule.violations(of: table) + " LIMIT 1") != nil
    }

    // MARK: - Single columns

    /// What takes the place of a value that cannot be, as an SQL expression on the row; a row without a sensible one goes.
    private static let replacements: [String: [String: String]] = [
        "print": [
            "number": "NULL",
            "started_at": """
            coalesce((SELECT min(captured_at) FROM frame WHERE print_id = print.id),
                CASE WHEN \(ValueRule.isInstant("ended_at")) THEN ended_at END, 0)
            """,
            "ended_at": "(SELECT max(captured_at) FROM frame WHERE print_id = print.id)",
            "excluded": "0", "pinned": "1",
        ],
        "picture": [
            "bytes": """
            coalesce(CASE WHEN stored_bytes IS NULL
                THEN \(ArchivePictures.size(ofContentIn: "content_id")) END,
                (SELECT bytes FROM frame WHERE frame.sha256 = picture.sha256 AND bytes BETWEEN 1 AND 4294967296), bytes)
            """,
            "reference_count": "(SELECT count(*) FROM frame WHERE frame.sha256 = picture.sha256)",
            "stored_bytes": ArchivePictures.size(ofContentIn: "content_id"),
        ],
        "pack": [
            "noted_at": "0", "stored_at": "0",
            "live_pictures": "(SELECT count(*) FROM packed_content WHERE pack_id = pack.id)",
            "live_bytes": """
            (SELECT CAST(total(bytes) AS INTEGER) FROM packed_content WHERE pack_id = pack.id
                AND bytes BETWEEN 1 AND \(ValueRule.greatestNumber))
            """,
        ],
        "packed_content": ["orientation": "1"],
        "quarantine": ["bytes": "length(body)"],
        "alert": ["since_at": "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"],
        "archive_info": [
            "created_at": """
            coalesce((SELECT min(captured_at) FROM frame WHERE \(ValueRule.isInstant("captured_at"))), 0)
            """,
            "last_removed_frame": "(SELECT coalesce(max(id), 0) FROM frame WHERE id <= \(ValueRule.greatestNumber))",
            // The totals tell of nothing, and are counted anew.
            "totals_until": "0",
            "shared_bytes": """
            (SELECT coalesce(sum((reference_count - 1) * bytes), 0) FROM picture WHERE reference_count > 1)
            """,
            "compacted_bytes": """
            (SELECT coalesce(sum(bytes - stored_bytes), 0) FROM picture WHERE stored_bytes IS NOT NULL)
            """,
        ],
    ]

    private mutating func mendOthers(_ table: String) throws {
        for rule in ValueRule.rules(of: table) {
            guard let value = Self.replacements[table]?[rule.column] else { continue }
            try replace(rule, by: value)
        }
        // What is wrong still has nothing that it could be made of.
        if ["usage_reading", "quarantine", "clock_event", "alert_log", "timelapse", "timelapse_rule"].contains(table) {
            report += try String.fetchAll(database, sql: ValueRule.violations(of: table)).map { $0 + "; it is removed" }
            let rules = ValueRule.rules(of: table).map { "(\($0.condition))" }.joined(separator: " AND ")
            try database.execute(sql: "DELETE FROM \(table) WHERE NOT (\(rules))")
        }
        if table == "archive_info", report.contains(where: { $0.contains("totals_until") }) {
            try database.execute(sql: "DELETE FROM frame_hour; UPDATE print SET frames = 0, bytes = 0")
        }
    }

    /// The sums that triggers keep of pictures are of what was damaged, too: they are made anew.
    private mutating func mendPictures() throws {
        try withoutTriggers(["picture_is_compacted", "picture_is_shared"]) { try $0.mendOthers("picture") }
        try Self.sumPicturesUp(in: database)
    }

    /// Makes the sums over all pictures anew.
    static func sumPicturesUp(in database: Database) throws {
        for column in ["shared_bytes", "compacted_bytes"] {
            guard let sum = replacements["archive_info"]?[column] else { continue }
            try database.execute(sql: "UPDATE archive_info SET \(column) = \(sum)")
        }
    }

    /// Contents whose numbers no archive reaches get the next ones. They are looked for by their numbers alone: this is the
    /// largest table.
    private mutating func renumberContents() throws {
        let greatest = ValueRule.greatestNumber
        let lost: [StoredPicture]
        do {
            lost =
                try pictures.walk(after: nil, limit: Self.contentsAtMost, in: database).prefix { $0.content < 1 }
                + pictures.walk(after: greatest, limit: Self.contentsAtMost, in: database)
        } catch is MisreadColumn {
            return  // a content that does not say whose it is; the check of the pictures names it
        }
        // What lies in a pack by such a number is told by the check of the pictures.
        let here = try lost.compactMap { picture in
            try pictures.getHere(picture.content, in: database).map { (picture, $0) }
        }
        for (picture, _) in here { try pictures.delete(picture.content, in: database) }
        for (picture, bytes) in here {
            let new = try pictures.put(bytes, of: picture.sha256, in: database)
            report.append("picture content \(picture.content) has a number that cannot be: it is \(new) now")
            guard let content = try PictureTable.content(of: picture.sha256, in: database),
                try pictures.picture(of: content, in: database) != picture.sha256
            else { continue }
            try database.execute(
                sql: "UPDATE picture SET content_id = ? WHERE sha256 = ?", arguments: [new, picture.sha256.data])
        }
    }

    /// More numbers are not damaged at once; their pictures are all in memory.
    private static let contentsAtMost = 64

    /// A camera or a print whose number no archive reaches has the one that other rows know and that is nobody's; where there is
    /// more than one such number, nothing tells which.
    private mutating func restoreNumber(in table: String, from columns: [(table: String, column: String)]) throws {
        let greatest = ValueRule.greatestNumber
        let lost = try Int64.fetchAll(
            database, sql: "SELECT id FROM \(table) WHERE NOT (id BETWEEN 1 AND \(greatest))")
        guard lost.count == 1, let old = lost.first else { return }
        var known: Set<Int64> = []
        for (other, column) in columns {
            known.formUnion(
                try Int64.fetchAll(
                    database,
                    sql: """
                        SELECT DISTINCT \(column) FROM \(other) WHERE \(column) BETWEEN 1 AND \(greatest)
                            AND \(column) NOT IN (SELECT id FROM \(table))
                        """))
        }
        guard known.count == 1, let id = known.first else { return }
        report.append("\(table) \(old) has a number that cannot be: it is \(id) again")
        try database.execute(sql: "UPDATE \(table) SET id = ? WHERE id = ?", arguments: [id, old])
    }

    /// Sets a column where it holds what cannot be, and tells of it.
    mutating func replace(_ rule: ValueRule, by value: String) throws {
        report += try String.fetchAll(
            database, sql: ValueRule.violations(of: rule.table, where: "NOT (\(rule.condition))"))
        try database.execute(
            sql: "UPDATE OR IGNORE \(rule.table) SET \(rule.column) = \(value) WHERE NOT (\(rule.condition))")
    }

    mutating func tell(_ sentences: [String]) { report += sentences }
}
