internal import Catalog
internal import Foundation
internal import Hummingbird
internal import Vocabulary

/// A year of one camera or of all, whatever the zone.
struct HeatYear: Hashable, Sendable {
    let camera: CameraName?
    let year: Int

    /// With what other zones have of it: none is further than 14 hours from UTC.
    var hours: (since: Timestamp, until: Timestamp) {
        let (first, end) = (CivilTime(year: year, month: 1, day: 1), CivilTime(year: year + 1, month: 1, day: 1))
        return (first.timestamp - .seconds(86_400), end.timestamp + .seconds(86_400))
    }

    /// How many frames each of its days has, by the calendar of a zone. Where that is no whole number of hours from UTC, an hour of
    /// frames counts for the day in which it begins.
    func days(of hours: [Statistics.Hour], in zone: TimeZone) -> [Int] {
        let first = CivilTime(year: year, month: 1, day: 1).timestamp
        let end = CivilTime(year: year + 1, month: 1, day: 1).timestamp
        var days = [Int](repeating: 0, count: Int((end.milliseconds - first.milliseconds) / 86_400_000))
        for hour in hours {
            let local = hour.hour + .seconds(zone.offset(at: hour.hour))
            let inYear = local.milliseconds - first.milliseconds
            guard inYear >= 0, inYear / 86_400_000 < days.count else { continue }
            days[Int(inYear / 86_400_000)] += hour.frames
        }
        return days
    }
}

extension Gallery {
    /// `GET /heat`
    func getHeat(_ visit: Visit) async throws -> Response {
        let year = try visit.query.required("year", try visit.query.number("year", in: 1970...2099))
        let name = try visit.query.text("zone", atMost: 64) ?? "UTC"
        guard let zone = TimeZone(ianaName: name) else { throw Problem.badRequest("“zone” is no zone of the IANA's.") }
        let asked = HeatYear(camera: try await visit.askedCamera(), year: year)
        let hours = try await answers.heat.value(asked) { [catalog] in
            let (since, until) = asked.hours
            return try await catalog.hours(camera: asked.camera, since: since, until: until)
        }
        var answer = JSONColumns()
        answer.add("frames", column: asked.days(of: hours, in: zone))
        try answer.add("year", year)
        return json(answer.object, to: visit)
    }
}

extension TimeZone {
    /// `Europe/Berlin` or `UTC`; no abbreviation and no offset, which Foundation takes as well.
    fileprivate init?(ianaName name: String) {
        guard name == "UTC" || name.contains("/") else { return nil }
        let isName = name.utf8.allSatisfy { byte in
            (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || (0x30...0x39).contains(byte)
                || [0x2B, 0x2D, 0x2F, 0x5F].contains(byte)
        }
        guard isName, let zone = TimeZone(identifier: name) else { return nil }
        self = zone
    }
}
