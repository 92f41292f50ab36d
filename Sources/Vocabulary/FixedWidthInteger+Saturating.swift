// Numbers that a file, a network or a person says can be any: whoever calculates with them wants an answer, and no trap.
extension FixedWidthInteger {
    /// The sum, or the nearest number there is.
    public func addingSaturating(_ other: Self) -> Self {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        guard isTooLarge else { return sum }
        return other < 0 ? .min : .max
    }

    /// The difference, or the nearest number there is.
    public func subtractingSaturating(_ other: Self) -> Self {
        let (difference, isTooLarge) = subtractingReportingOverflow(other)
        guard isTooLarge else { return difference }
        return other < 0 ? .max : .min
    }

    /// The product, or the nearest number there is.
    public func multipliedSaturating(by other: Self) -> Self {
        let (product, isTooLarge) = multipliedReportingOverflow(by: other)
        guard isTooLarge else { return product }
        return (self < 0) == (other < 0) ? .max : .min
    }
}
