internal import GRDB
public import Vocabulary

extension Catalog {
    /// Calls `body` with a camera's runs in a stretch of time, those that reach into it included, in order and some thousands at
    /// a time. No transaction is open while it runs.
    public func forEachRunOutline(
        of camera: CameraName, since: Timestamp, until: Timestamp, _ body: ([RunOutline]) throws -> Void
    ) async throws {
        try await forEachRunOutline(of: camera, since: since, until: until, pageSize: 20_000, body)
    }

    func forEachRunOutline(
        of camera: CameraName, since: Timestamp, until: Timestamp, pageSize: Int, _ body: ([RunOutline]) throws -> Void
    ) async throws {
        var page = RunPage(camera: camera, since: since, until: until, size: pageSize)
        while true {
            try Task.checkCancellation()
            let runs = try await read { [page] in try page.runs($0) }
            // The one before the stretch may end before it, too.
            try body(runs.filter { $0.until > since })
            guard let last = runs.last, runs.count == pageSize else { return }
            page.after = last.from
        }
    }
}

/// Some runs of one camera, by the table's own order.
private struct RunPage {
    let camera: CameraName
    let since: Timestamp
    let until: Timestamp
    let size: Int
    var after: Timestamp?

    func runs(_ database: Database) throws -> [RunOutline] {
        let first =
            if let after {
                after.milliseconds.addingSaturating(1)
            } else {
                try lastBeginning(database) ?? since.milliseconds
            }
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT from_at, until_at, \(SlotOutcome.sqlPlace) FROM ledger_run
                    WHERE camera_id = (SELECT id FROM camera WHERE name = ?) AND from_at >= ? AND from_at < ?
                    ORDER BY from_at LIMIT ?
                    """), arguments: [camera.text, first, until.milliseconds, size])
        let outcomes = SlotOutcome.allCases
        return try Array(
            rows.map { row in
                RunOutline(
                    from: try row.timestamp(at: 0), until: try row.timestamp(at: 1),
                    outcome: outcomes[try row.value(at: 2)])
            })
    }

    /// Where the last run begins that does so before the stretch: no earlier one can reach into it, because runs of a camera
    /// share no slot.
    private func lastBeginning(_ database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT max(from_at) FROM ledger_run
                    WHERE camera_id = (SELECT id FROM camera WHERE name = ?) AND from_at < ?
                    """), arguments: [camera.text, since.milliseconds])
    }
}

extension SlotOutcome {
    /// An outcome's place in `allCases`: comparing in SQL is quicker than reading a text a row.
    fileprivate static let sqlPlace =
        "CASE outcome " + allCases.enumerated().map { "WHEN '\($1.rawValue)' THEN \($0)" }.joined(separator: " ")
        + " END"
}
