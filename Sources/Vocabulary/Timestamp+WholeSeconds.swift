extension Timestamp {
    /// The whole seconds since 1970, rounded down, and the milliseconds that are left, 0 to 999.
    package var wholeSeconds: (seconds: Int64, milliseconds: Int64) {
        let (seconds, milliseconds) = milliseconds.flooredDivision(by: 1000)
        return (seconds, milliseconds)
    }
}
