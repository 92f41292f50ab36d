internal import Archive
internal import GRDB
internal import Vocabulary

/// A stretch of the ledger, as conditions of a query on `ledger_run`.
struct LedgerRange: Hashable, Sendable {
    var camera: CameraName?
    var since: Timestamp?
    var until: Timestamp?

    /// The condition of the indexes that have gaps alone.
    static let isGap = "ledger_run.outcome NOT IN \(SlotOutcome.sqlList { !$0.isGap })"

    /// What the conditions' parameters stand for.
    var values: [String: (any DatabaseValueConvertible)?] {
        var values: [String: (any DatabaseValueConvertible)?] = [:]
        if let since { values["since"] = since.milliseconds }
        if let until { values["until"] = until.milliseconds }
        if let camera { values["camera"] = camera.text }
        return values
    }

    /// All runs of the stretch in no order, with the columns of `ledger_run`.
    func runs(rejectedOnly: Bool = false) -> String {
        let outcome = rejectedOnly ? [Self.isGap, "ledger_run.outcome = 'rejected'"] : []
        let beginningWithin = """
            SELECT ledger_run.* FROM ledger_run \(index(rejectedOnly)) WHERE \(joined(within + outcome))
            """
        guard since != nil else { return beginningWithin }
        return """
            \(beginningWithin) UNION ALL
            SELECT ledger_run.* FROM camera CROSS JOIN ledger_run ON ledger_run.camera_id = camera.id
            WHERE \(joined(reachingIn + outcome))
            """
    }

    private func index(_ rejectedOnly: Bool) -> String {
        if rejectedOnly { return "INDEXED BY ledger_gap_by_" + (camera == nil ? "time" : "camera") }
        // The table itself is in the order of a camera's runs, and for all of them it is read from one end to the other.
        return camera == nil && (since != nil || until != nil) ? "INDEXED BY ledger_run_by_time" : "NOT INDEXED"
    }

    private func joined(_ conditions: [String]) -> String { conditions.joined(separator: " AND ") }

    /// How many slots of a run lie in the stretch, for the columns of ``runs(rejectedOnly:)``.
    var slotsWithin: String {
        func slots(before bound: String) -> String { "(\(bound) - from_at + interval_ms - 1) / interval_ms" }
        let upTo =
            until == nil ? "slots" : "CASE WHEN until_at <= :until THEN slots ELSE \(slots(before: ":until")) END"
        guard since != nil else { return upTo }
        return "\(upTo) - CASE WHEN from_at >= :since THEN 0 ELSE \(slots(before: ":since")) END"
    }

    /// What of a run's number belongs to the slots in the stretch, for ``slotsWithin`` as `counted`.
    func share(of column: String) -> String {
        since == nil && until == nil ? column : "\(column) * counted / slots"
    }

    /// For runs that begin in the stretch.
    var within: [String] {
        var conditions: [String] = []
        if camera != nil { conditions.append(ofCamera) }
        if since != nil { conditions.append("ledger_run.from_at >= :since") }
        if until != nil { conditions.append("ledger_run.from_at < :until") }
        return conditions.isEmpty ? ["TRUE"] : conditions
    }

    /// For runs that begin before the stretch and reach into it: of each camera the last one before, if at all. The
    /// query has `camera` beside `ledger_run`.
    var reachingIn: [String] {
        var conditions = [
            """
            ledger_run.from_at = (SELECT max(earlier.from_at) FROM ledger_run AS earlier
                WHERE earlier.camera_id = camera.id AND earlier.from_at < :since)
            """, "ledger_run.until_at > :since",
        ]
        if camera != nil { conditions.append("camera.name = :camera") }
        if until != nil { conditions.append("ledger_run.from_at < :until") }
        return conditions
    }

    private var ofCamera: String { "ledger_run.camera_id = (SELECT id FROM camera WHERE name = :camera)" }
}
