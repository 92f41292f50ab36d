import Catalog
import Vocabulary

/// A page that somebody asks for, with filters by chance.
struct CatalogQuestion: Sendable {
    let name: String
    /// Whether what answers it is nothing but statements.
    var isPlainSQL = true
    let ask: @Sendable (Catalog, inout SystemRandomNumberGenerator) -> Page

    /// One page, asked again and again.
    typealias Page = @Sendable () async throws -> Void

    /// Rows of a page.
    private static let rows = 50

    static let all = [
        CatalogQuestion(name: "frames") { catalog, chance in
            page(catalog, frames(&chance))
        },
        CatalogQuestion(name: "frames of a camera") { catalog, chance in
            var query = frames(&chance)
            query.camera = camera(&chance)
            return page(catalog, query)
        },
        CatalogQuestion(name: "frames of a print") { catalog, chance in
            var query = frames(&chance)
            (query.print, query.since, query.until) = (
                .random(in: 1...Int64(CatalogArchive.prints), using: &chance), nil, nil
            )
            return page(catalog, query)
        },
        CatalogQuestion(name: "prints") { catalog, chance in
            let camera = Bool.random(using: &chance) ? camera(&chance) : nil
            return { _ = try await catalog.prints(PrintQuery(camera: camera, limit: rows)) }
        },
        CatalogQuestion(name: "frames at an instant") { catalog, chance in
            let instant = CatalogArchive.start + .random(in: 0...CatalogArchive.year, using: &chance)
            return { _ = try await catalog.frames(at: Timestamp(milliseconds: instant)) }
        },
        ranked("most changed", .changed), ranked("darkest", .dark), ranked("most blurred", .blurred),
        CatalogQuestion(name: "frames that look alike", isPlainSQL: false) { catalog, chance in
            let frame = FrameID(.random(in: 1...Int64(1000), using: &chance))
            var query = frames(&chance)
            query.camera = Bool.random(using: &chance) ? camera(&chance) : nil
            return { [query] in _ = try await catalog.frames(near: frame, query) }
        },
        CatalogQuestion(name: "timeline") { catalog, chance in page(catalog, runs(&chance)) },
        CatalogQuestion(name: "holes") { catalog, chance in
            var query = runs(&chance)
            query.outcomes = SlotOutcome.gaps
            return page(catalog, query)
        },
        CatalogQuestion(name: "holes of one reason") { catalog, chance in
            var query = runs(&chance)
            query.outcomes = SlotOutcome.gaps.randomElement(using: &chance).map { [$0] }
            return page(catalog, query)
        },
    ]

    private static func ranked(_ name: String, _ ranking: FrameRanking) -> CatalogQuestion {
        CatalogQuestion(name: name) { catalog, chance in
            var query = frames(&chance)
            query.ranking = ranking
            query.camera = Bool.random(using: &chance) ? camera(&chance) : nil
            return page(catalog, query)
        }
    }

    private static func page(_ catalog: Catalog, _ query: FrameQuery) -> Page {
        { _ = try await catalog.frames(query) }
    }

    private static func page(_ catalog: Catalog, _ query: TimelineQuery) -> Page {
        { _ = try await catalog.timeline(query) }
    }

    private static func frames(_ chance: inout SystemRandomNumberGenerator) -> FrameQuery {
        let (since, until) = stretch(&chance)
        return FrameQuery(since: since, until: until, limit: rows, order: order(&chance))
    }

    private static func runs(_ chance: inout SystemRandomNumberGenerator) -> TimelineQuery {
        let (since, until) = stretch(&chance)
        let camera = Bool.random(using: &chance) ? camera(&chance) : nil
        return TimelineQuery(camera: camera, since: since, until: until, limit: rows, order: order(&chance))
    }

    private static func camera(_ chance: inout SystemRandomNumberGenerator) -> CameraName? {
        let number = Int.random(in: 1...CatalogArchive.cameras, using: &chance)
        return try? CameraName("printer \(number.padded(2))")
    }

    private static func order(_ chance: inout SystemRandomNumberGenerator) -> FrameOrder {
        Bool.random(using: &chance) ? .oldestFirst : .newestFirst
    }

    /// From an hour to the whole year, open at either end as often as not.
    private static func stretch(_ chance: inout SystemRandomNumberGenerator) -> (Timestamp?, Timestamp?) {
        let length = Int64.random(in: 3_600_000...CatalogArchive.year, using: &chance)
        let start = CatalogArchive.start + .random(in: 0...CatalogArchive.year - length, using: &chance)
        return (
            Bool.random(using: &chance) ? Timestamp(milliseconds: start) : nil,
            Bool.random(using: &chance) ? Timestamp(milliseconds: start + length) : nil
        )
    }
}
