internal import Catalog
internal import Hummingbird
internal import Vocabulary

extension Gallery {
    /// `GET /frames`
    func getFrames(_ visit: Visit) async throws -> Response {
        let limit = try visit.query.number("limit", in: 1...500) ?? 100
        var query = FrameQuery(
            since: try visit.query.time("since"), until: try visit.query.time("until"),
            excluded: try visit.query.flag("excluded"), pinned: try visit.query.flag("pinned"),
            noted: try visit.query.flag("noted"), suspect: try visit.query.flag("suspect"), limit: limit + 1,
            order: try visit.query.word("order", of: FrameOrder.self) ?? .oldestFirst)
        query.after = try visit.frameCursor()
        query.print = try await visit.askedPrint()
        query.camera = try await visit.askedCamera()
        let frames = try await catalog.frames(query)
        let page = Array(frames.prefix(limit))
        let next = frames.count > limit ? page.last.map { "\(query.cursor(after: $0))" } : nil
        return try json(Page(items: page, next: next), to: visit)
    }

    /// `GET /frames/{frame}`
    func getFrame(_ visit: Visit) async throws -> Response {
        try json(try await frame(visit.frame()), to: visit)
    }

    /// - Throws: ``Problem/noSuchFrame(_:)``
    func frame(_ id: FrameID) async throws -> ArchivedFrame {
        guard let frame = try await catalog.frame(id) else { throw Problem.noSuchFrame(id) }
        return frame
    }
}

extension Visit {
    /// The place behind which a list by time goes on.
    func frameCursor() throws(Problem) -> FrameCursor? {
        guard let after = try query.after() else { return nil }
        guard let place = FrameCursor(after), place.rank == nil else {
            throw .badRequest("“after” is no place in this list.")
        }
        return place
    }

    /// The print that the query names, if it names one, which the archive has.
    func askedPrint() async throws -> Int64? {
        guard let number = try query.number("print", in: 1...Int(Self.largestNumber)).map(Int64.init) else {
            return nil
        }
        guard try await gallery.catalog.print(number) != nil else { throw Problem.noSuchPrint(number) }
        return number
    }
}
