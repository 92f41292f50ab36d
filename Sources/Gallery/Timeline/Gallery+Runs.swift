internal import Catalog
internal import Hummingbird
internal import Vocabulary

extension Gallery {
    /// `GET /runs`
    func getRuns(_ visit: Visit) async throws -> Response {
        let limit = try visit.query.number("limit", in: 1...500) ?? 100
        var query = TimelineQuery(
            since: try visit.query.time("since"), until: try visit.query.time("until"),
            outcomes: try visit.query.flag("gaps") == true ? SlotOutcome.gaps : nil, limit: limit + 1,
            order: try visit.query.word("order", of: FrameOrder.self) ?? .oldestFirst)
        if let after = try visit.query.after() {
            guard let place = TimelineCursor(after) else {
                throw Problem.badRequest("“after” is no place in this list.")
            }
            query.after = place
        }
        query.camera = try await visit.askedCamera()
        let runs = try await catalog.timeline(query)
        let page = Array(runs.prefix(limit))
        let next = runs.count > limit ? page.last.map { "\(TimelineCursor(after: $0))" } : nil
        return try json(Page(items: page, next: next), to: visit)
    }
}
