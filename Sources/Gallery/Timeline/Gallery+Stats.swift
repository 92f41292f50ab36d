internal import Catalog
internal import Hummingbird
internal import Vocabulary

/// What `stats --json` says, without the lists of hours, days, cameras and prints.
struct StatisticsTotals: KeyedRecord {
    let statistics: Statistics

    private static let lists: Set = ["hours", "days", "cameras", "prints"]

    static let fields: [Field<Self>] = Statistics.fields.filter { !lists.contains($0.key) }.map { $0.of(\.statistics) }
}

/// Totals of what.
struct TotalsQuestion: Hashable, Sendable {
    let camera: CameraName?
    let since, until: Timestamp?
}

extension Gallery {
    /// `GET /stats`
    func getStats(_ visit: Visit) async throws -> Response {
        let (since, until) = (try visit.query.time("since"), try visit.query.time("until"))
        let asked = TotalsQuestion(camera: try await visit.askedCamera(), since: since, until: until)
        let isWhole = since == nil && until == nil
        let statistics = try await answers.totals.value(asked, isLasting: isWhole) { [catalog] in
            try await catalog.statistics(camera: asked.camera, since: asked.since, until: asked.until)
        }
        return try json(StatisticsTotals(statistics: statistics), to: visit)
    }
}
