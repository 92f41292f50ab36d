public import Vocabulary

extension HTTPExchangeResponse {
    /// When the server sent it, by its own clock, where it says so in the one form that servers may generate (RFC 9110,
    /// section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
    public var date: Timestamp? {
        guard let parts = header("Date")?.split(separator: " "), parts.count == 6, parts[5] == "GMT",
            let day = Int(parts[1]), let month = Self.months.firstIndex(of: parts[2]), let year = Int(parts[3])
        else { return nil }
        let time = parts[4].split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard (1...31).contains(day), (1970...9999).contains(year), time.count == 3, (0...23).contains(time[0]),
            (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        var civil = CivilTime(year: year, month: month + 1, day: day)
        (civil.hour, civil.minute, civil.second) = (time[0], time[1], time[2])
        return civil.timestamp
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
