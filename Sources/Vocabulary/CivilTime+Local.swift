public import FoundationEssentials

extension CivilTime {
    /// The date and time of day that clocks in a time zone show.
    public init(_ timestamp: Timestamp, in timeZone: TimeZone) {
        self.init(timestamp + .seconds(timeZone.offset(at: timestamp)))
    }

    /// The instant at which clocks in a time zone show this; in an hour that they skip, the one that it would be had they not been
    /// set, and in an hour that they show twice, the first.
    package func instant(in timeZone: TimeZone) -> Timestamp {
        timestamp - .seconds(timeZone.offset(atLocal: timestamp))
    }
}

extension TimeZone {
    /// Seconds ahead of UTC; in times that no time zone's rules are made for, those of the nearest that they are.
    package func offset(at instant: Timestamp) -> Int {
        let instant = min(
            max(instant, Timestamp.plausible.lowerBound - .seconds(4_000_000_000)), Timestamp.plausible.upperBound)
        return secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
    }

    /// The offset in force at a local wall time; in the hour that a change of clocks skips or repeats, the one before it.
    ///
    /// No zone is more than 14 hours from UTC and none changes twice in two days, so a day to either side of the wall time,
    /// taken for UTC, lies before and after a change near it.
    func offset(atLocal local: Timestamp) -> Int {
        let (before, after) = (offset(at: local - .seconds(86_400)), offset(at: local + .seconds(86_400)))
        let isAfterChange = offset(at: local - .seconds(before)) != before
        return isAfterChange && offset(at: local - .seconds(after)) == after ? after : before
    }
}
