public import FoundationEssentials

extension CivilTime {
    /// The date and time of day that clocks in a time zone show.
    public init(_ timestamp: Timestamp, in timeZone: TimeZone) {
        self.init(timestamp + .seconds(timeZone.offset(at: timestamp)))
    }
}

extension TimeZone {
    /// Seconds ahead of UTC; in times that no time zone's rules are made for, those of the nearest that they are.
    package func offset(at instant: Timestamp) -> Int {
        let instant = min(
            max(instant, Timestamp.plausible.lowerBound - .seconds(4_000_000_000)), Timestamp.plausible.upperBound)
        return secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
    }
}
