internal import Catalog
internal import Hummingbird
internal import Vocabulary

/// What `stats --json` says, without the lists of hours, days, cameras and prints.
struct StatisticsTotals: Encodable, Sendable {
    let statistics: Statistics

    private static let lists: Set = ["hours", "days", "cameras", "prints"]

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ text: String) { stringValue = text }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for field in Statistics.fields where !Self.lists.contains(field.key) {
            try container.encode(field.value(statistics), forKey: Key(field.key))
        }
    }
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
