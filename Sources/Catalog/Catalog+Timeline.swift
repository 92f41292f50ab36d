internal import GRDB
public import Vocabulary

extension Catalog {
    /// The slot ledger's runs that reach into a stretch of time, by their beginning.
    ///
    /// - Parameters:
    ///   - since: runs that end later; all from the beginning where `nil`.
    ///   - until: runs that begin before; all to the end where `nil`.
    ///   - gapsOnly: only runs in which no frame was kept or confirmed.
    ///   - limit: at most this many, the first ones in the order.
    public func timeline(
        camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil, gapsOnly: Bool = false,
        limit: Int? = nil, order: FrameOrder = .oldestFirst
    ) async throws -> [LedgerRun] {
        let range = LedgerRange(camera: camera, since: since, until: until)
        let gaps = gapsOnly ? "AND outcome NOT IN ('stored', 'duplicate', 'unchanged')" : ""
        let direction = order == .oldestFirst ? "ASC" : "DESC"
        let sql = """
            SELECT \(LedgerTable.columns) \(range.selection) \(gaps)
            ORDER BY ledger_run.from_at \(direction), ledger_run.camera_id \(direction) LIMIT :limit
            """
        return try await read { database in
            let arguments = range.arguments + ["limit": limit.map { max(0, $0) } ?? -1]
            let rows = try Row.fetchCursor(database.cachedStatement(sql: sql), arguments: arguments)
            return try Array(rows.map(LedgerTable.run))
        }
    }
}

/// A stretch of the ledger, as the middle of a query.
struct LedgerRange: Sendable {
    let camera: CameraName?
    let since: Timestamp?
    let until: Timestamp?

    var arguments: StatementArguments {
        var values: [String: (any DatabaseValueConvertible)?] = [
            "since": since?.milliseconds ?? .min, "until": until?.milliseconds ?? .max,
        ]
        if let camera { values["camera"] = camera.text }
        return StatementArguments(values)
    }

    /// `FROM` and `WHERE`; needs ``arguments``.
    ///
    /// A run reaches into the stretch if it ends after `since`. Ends have no index, but runs of a camera share no
    /// slot, so of those that begin by `since` only the last one can: the search starts at the earliest of these.
    var selection: String {
        let ofCamera = camera == nil ? "" : "AND ledger_run.camera_id = (SELECT id FROM camera WHERE name = :camera)"
        let cameras = camera == nil ? "" : "WHERE name = :camera"
        let table = camera == nil ? "ledger_run INDEXED BY ledger_run_by_time" : "ledger_run"
        return """
            FROM \(table) CROSS JOIN camera ON camera.id = ledger_run.camera_id
            WHERE ledger_run.from_at >= coalesce((
                SELECT min(coalesce((
                    SELECT max(from_at) FROM ledger_run AS earlier
                    WHERE earlier.camera_id = known.id AND earlier.from_at <= :since), :since))
                FROM camera AS known \(cameras)), :since)
            AND ledger_run.from_at < :until AND ledger_run.until_at > :since \(ofCamera)
            """
    }
}
