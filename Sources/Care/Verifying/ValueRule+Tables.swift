internal import Archive
internal import Vocabulary

extension ValueRule {
    static let tables = all.reduce(into: [String]()) { if $0.last != $1.table { $0.append($1.table) } }

    static func rules(of table: String) -> [ValueRule] { all.filter { $0.table == table } }

    /// Selects a sentence for each row of a table that holds a value that cannot be, with the columns and values.
    static func violations(of table: String, where condition: String = "TRUE") -> String {
        let rules = rules(of: table)
        let values = rules.map { "CASE WHEN \($0.condition) THEN '' ELSE ', \($0.column) ' || quote(\($0.column)) END" }
        return """
            SELECT \(name(of: table)) || ' has a value that cannot be: ' || substr(\(values.joined(separator: " || ")), 3)
            FROM \(table) WHERE \(condition) AND NOT (\(rules.map { "(\($0.condition))" }.joined(separator: " AND ")))
            """
    }

    /// What a row is called.
    private static func name(of table: String) -> String {
        switch table {
        case "frame": "'frame ' || id"
        case "ledger_run": "'camera ' || camera_id || ': the run at ' || from_at"
        case "print": "'print ' || id"
        case "picture": "'picture ' || lower(hex(sha256))"
        case "usage_reading": "'camera ' || camera_id || ': the usage reading of ' || read_at"
        case "camera": "'camera ' || name"
        case "quarantine": "'rejected body ' || id"
        case "alert": "'the alert ' || kind"
        case "alert_log": "'alert ' || id || ' of the log'"
        case "timelapse": "'timelapse ' || id"
        case "timelapse_rule": "'the timelapses’ rule ' || name"
        case "clock_event": "'event ' || id || ' of the clock'"
        case "packed_content": "'picture content ' || id"
        case "pack": "'pack ' || id"
        case "archive_info": "'the archive’s own row'"
        default: "'\(table)'"
        }
    }

    /// Table by table, in the order in which they are put right: each goes by those before it.
    static let all: [ValueRule] =
        [
            ("bytes", number("bytes", from: 1)), ("reference_count", number("reference_count")),
            ("stored_bytes", optional("stored_bytes", "stored_bytes BETWEEN 1 AND bytes")),
        ].map { ValueRule("picture", $0.0, $0.1) }
        + FrameColumn.allCases.compactMap(\.rule)
        + [
            ("from_at", isInstant("from_at")),
            ("interval_ms", "interval_ms BETWEEN 1 AND \(LedgerTable.longestInterval)"),
            ("slots", "\(number("slots", from: 1)) AND until_at <= \(farEnd)"), ("bytes", number("bytes")),
            ("removed", "removed BETWEEN 0 AND slots"), ("frame_id", optional("frame_id", number("frame_id", from: 1))),
        ].map { ValueRule("ledger_run", $0.0, $0.1) }
        + [
            ("id", number("id", from: 1)), ("number", optional("number", "number >= 0")),
            ("started_at", isInstant("started_at")),
            ("ended_at", optional("ended_at", isInstant("ended_at"))), ("excluded", "excluded IN (0, 1)"),
            ("pinned", "pinned IN (0, 1)"),
        ].map { ValueRule("print", $0.0, $0.1) }
        + [
            ("read_at", isInstant("read_at")), ("total", number("total")),
            ("monthly_cap", optional("monthly_cap", number("monthly_cap"))), ("reset_at", isInstant("reset_at")),
            ("received", number("received")), ("captures", number("captures")), ("proxied", number("proxied")),
        ].map { ValueRule("usage_reading", $0.0, $0.1) }
        + [("received_at", isInstant("received_at")), ("bytes", "bytes = length(body)")]
        .map { ValueRule("quarantine", $0.0, $0.1) }
        + [ValueRule("camera", "id", number("id", from: 1))]
        + [ValueRule("alert", "since_at", isInstant("since_at"))]
        + [
            ("id", number("id", from: 1)), ("at", isInstant("at")),
            ("since_at", optional("since_at", isInstant("since_at"))),
        ].map { ValueRule("alert_log", $0.0, $0.1) }
        + [
            ("id", number("id", from: 1)), ("print", optional("print", number("print", from: 1))),
            ("since_at", isInstant("since_at")), ("until_at", isInstant("until_at")), ("due_at", isInstant("due_at")),
            ("next_try_at", isInstant("next_try_at")), ("attempts", number("attempts")),
            ("frames", optional("frames", number("frames"))),
            ("milliseconds", optional("milliseconds", number("milliseconds"))),
            ("made_at", optional("made_at", isInstant("made_at"))), ("pinned", "pinned IN (0, 1)"),
        ].map { ValueRule("timelapse", $0.0, $0.1) }
        + [("since_at", isInstant("since_at")), ("planned_until", isInstant("planned_until"))]
        .map { ValueRule("timelapse_rule", $0.0, $0.1) }
        + [
            ("before_at", isInstant("before_at")), ("after_at", isInstant("after_at")),
            ("frame_id", number("frame_id")),
        ].map { ValueRule("clock_event", $0.0, $0.1) }
        + [
            ("id", number("id", from: 1)), ("start", number("start")), ("bytes", number("bytes", from: 1)),
            ("orientation", "orientation BETWEEN 1 AND 8"),
        ].map { ValueRule("packed_content", $0.0, $0.1) }
        + [
            ("id", number("id", from: 1)), ("bytes", number("bytes", from: 1)), ("noted_at", isInstant("noted_at")),
            ("stored_at", optional("stored_at", isInstant("stored_at"))), ("live_pictures", number("live_pictures")),
            ("live_bytes", number("live_bytes")),
        ].map { ValueRule("pack", $0.0, $0.1) }
        + [
            ("created_at", isInstant("created_at")), ("last_removed_frame", number("last_removed_frame")),
            ("totals_until", isInstant("totals_until")),
            // Both are sums over all pictures, and a picture is counted once at least.
            ("shared_bytes", number("shared_bytes")), ("compacted_bytes", number("compacted_bytes")),
        ].map { ValueRule("archive_info", $0.0, $0.1) }

    /// Where the last run may end: its interval may reach past the last instant that can be.
    private static let farEnd = Timestamp.plausible.upperBound.milliseconds + LedgerTable.longestInterval
}
