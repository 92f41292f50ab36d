/// A question whose answer may be too long to hold, and is read a page at a time.
protocol PagedQuery {
    associatedtype Answer
    associatedtype Cursor

    var limit: Int? { get set }
    var after: Cursor? { get set }

    /// The place behind an answer.
    func cursor(after answer: Answer) -> Cursor
}

extension PagedQuery {
    /// Calls `body` with one answer after another, in constant memory; no transaction is open while it runs.
    ///
    /// - Parameter page: the answers to the query, with its limit.
    func forEach(
        pageSize: Int, page: (Self) async throws -> [Answer], _ body: (Answer) async throws -> Void
    ) async throws {
        var rest = self
        var remaining = limit ?? .max
        while remaining > 0 {
            let size = min(remaining, pageSize)
            rest.limit = size
            let answers = try await page(rest)
            for answer in answers {
                try Task.checkCancellation()
                try await body(answer)
            }
            guard let last = answers.last, answers.count == size else { return }
            remaining -= size
            rest.after = cursor(after: last)
        }
    }
}

extension FrameQuery: PagedQuery {}

extension TimelineQuery: PagedQuery {
    func cursor(after run: LedgerRun) -> TimelineCursor { TimelineCursor(after: run) }
}
