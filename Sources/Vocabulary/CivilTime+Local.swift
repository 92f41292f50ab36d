public import FoundationEssentials

extension CivilTime {
    /// The date and time of day that clocks in a time zone show.
    public init(_ timestamp: Timestamp, in timeZone: TimeZone) {
        self.init(timestamp + .seconds(timeZone.offset(at: timestamp)))
    }
}

extension TimeZone {
    /// Seconds ahead of UTC.
    package func offset(at instant: Timestamp) -> Int {
        secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
    }
}
