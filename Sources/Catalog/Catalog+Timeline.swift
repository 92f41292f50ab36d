internal import GRDB

extension Catalog {
    /// The slot ledger's runs asked for, by their beginning. For more than some thousands take ``forEachRun(_:_:)``.
    public func timeline(_ query: TimelineQuery = TimelineQuery()) async throws -> [LedgerRun] {
        try await read(query.runs)
    }

    /// Calls `body` with one run after another, in constant memory.
    ///
    /// The runs are read a thousand at a time, and no transaction is open while `body` runs: it may take as long as it
    /// likes. Runs that begin meanwhile are met where they fall behind the place reached.
    public func forEachRun(_ query: TimelineQuery, _ body: (LedgerRun) async throws -> Void) async throws {
        try await forEachRun(query, pageSize: 1000, body)
    }

    func forEachRun(
        _ query: TimelineQuery, pageSize: Int, _ body: (LedgerRun) async throws -> Void
    ) async throws {
        try await query.forEach(pageSize: pageSize, page: timeline, body)
    }

    /// The place behind which only the newest runs of a query lie: with it, a list that begins with the oldest has just these.
    ///
    /// - Parameters:
    ///   - count: how many.
    ///   - query: which runs.
    /// - Returns: `nil` where the query has no more than that. Its own limit and order do not matter.
    public func place(beforeNewest count: Int, of query: TimelineQuery) async throws -> TimelineCursor? {
        var backwards = query
        (backwards.order, backwards.limit, backwards.after) = (.newestFirst, 1, nil)
        return try await read { [backwards] database in
            let statement = try database.cachedStatement(sql: backwards.sql)
            return try Row.fetchOne(statement, arguments: backwards.arguments(skipping: max(0, count)))
                .map { TimelineCursor(after: try LedgerTable.run($0)) }
        }
    }

    /// How many runs a query has, how long they take together, and the longest.
    ///
    /// Runs are cut to the stretch asked for. The query's limit, order and cursor do not matter.
    public func summary(of query: TimelineQuery) async throws -> TimelineSummary {
        var (whole, summary) = (query, TimelineSummary())
        (whole.limit, whole.order, whole.after) = (nil, .oldestFirst, nil)
        try await forEachRun(whole) { run in summary.add(run, since: query.since, until: query.until) }
        return summary
    }
}

extension TimelineQuery {
    func runs(in database: Database) throws -> [LedgerRun] {
        guard outcomes?.isEmpty != true else { return [] }
        let statement = try database.cachedStatement(sql: sql)
        return try Array(Row.fetchCursor(statement, arguments: arguments()).map(LedgerTable.run))
    }
}
