internal import Catalog
internal import Hummingbird
internal import Vocabulary

extension Gallery {
    /// `GET /prints`
    func getPrints(_ visit: Visit) async throws -> Response {
        let limit = try visit.query.number("limit", in: 1...1000) ?? 60
        let order = try visit.query.word("sort", of: PrintOrder.self) ?? .newest
        var query = PrintQuery(
            since: try visit.query.time("since"), until: try visit.query.time("until"),
            states: Set(try visit.query.word("state", of: PrintState.self).map { [$0] } ?? []),
            name: try visit.query.text("name", atMost: 200), limit: limit + 1, order: order)
        if let after = try visit.query.after() {
            guard let place = PrintCursor(after, in: order) else {
                throw Problem.badRequest("“after” is no place in this list.")
            }
            query.after = place
        }
        query.camera = try await visit.askedCamera()
        let prints = try await catalog.prints(query)
        let page = Array(prints.prefix(limit))
        let wantsPosters = try visit.query.flag("posters") ?? true
        let posters = wantsPosters ? try await catalog.posters(of: page.map(\.id)) : [:]
        let next = prints.count > limit ? page.last.map { PrintCursor(after: $0, in: order).description } : nil
        return try json(Page(items: page.map { PrintCard($0, poster: posters[$0.id]) }, next: next), to: visit)
    }

    /// `GET /prints/{print}`
    func getPrint(_ visit: Visit) async throws -> Response {
        let number = try visit.number("print", in: 1...Visit.largestNumber)
        guard let print = try await catalog.print(number) else { throw Problem.noSuchPrint(number) }
        let posters = try await catalog.posters(of: [number])
        return try json(PrintCard(print, poster: posters[number]), to: visit)
    }
}
