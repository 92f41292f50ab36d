extension Duration {
    /// Reads `500ms`, `10s`, `1.5m`, `2h`, `3d`, `2w`, and `1y`, which is 365 days.
    ///
    /// - Throws: ``VocabularyError/duration(_:)``, also for zero or negative durations' signs and missing units.
    public init(parsing text: String) throws(VocabularyError) {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let units: [Substring: Double] = [
            "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "y": 31_536_000_000,
        ]
        guard let number = Double(digits), let unit = units[text.dropFirst(digits.count)], number * unit < 1e15 else {
            throw .duration(text)
        }
        self = .milliseconds(Int64((number * unit).rounded()))
    }

    /// Whole milliseconds, rounded towards zero; the most or least that 64 bits hold where there are more.
    public var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds.multipliedSaturating(by: 1000).addingSaturating(attoseconds / 1_000_000_000_000_000)
    }

    /// The one or two largest units: `450ms`, `9.5s`, `42s`, `3m 20s`, `2h 5m`, `3d 4h`.
    public var shortText: String {
        let ms = milliseconds
        if ms < 0 { return "-" + Duration.milliseconds(Int64.zero.subtractingSaturating(ms)).shortText }
        if ms < 1000 { return "\(ms)ms" }
        let seconds = ms / 1000
        if seconds < 60 {
            let tenths = ms % 1000 / 100
            return seconds < 10 && tenths > 0 ? "\(seconds).\(tenths)s" : "\(seconds)s"
        }
        func pair(_ large: Int64, _ largeUnit: String, _ small: Int64, _ smallUnit: String) -> String {
            small == 0 ? "\(large)\(largeUnit)" : "\(large)\(largeUnit) \(small)\(smallUnit)"
        }
        if seconds < 3600 { return pair(seconds / 60, "m", seconds % 60, "s") }
        if seconds < 86_400 { return pair(seconds / 3600, "h", seconds % 3600 / 60, "m") }
        return pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h")
    }

    /// The same in whole seconds, rounded down and never negative: `0s`, `42s`, `3m 20s`. For ages, which by two clocks may
    /// come out a little below nothing.
    public var wholeText: String {
        components.seconds > 0 ? Duration.seconds(components.seconds).shortText : "0s"
    }
}
