/// Compares names as people do: runs of digits count as numbers, so that `frame2` comes before `frame10`.
enum NaturalOrder {
    static func precedes(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        var (left, right) = (left, right)
        let (wholeLeft, wholeRight) = (left, right)
        while let one = left.first, let other = right.first {
            if one.isDigit, other.isDigit {
                let (number, otherNumber) = (digits(&left), digits(&right))
                if number.count != otherNumber.count { return number.count < otherNumber.count }
                if number != otherNumber { return number.lexicographicallyPrecedes(otherNumber) }
            } else {
                if one != other { return one < other }
                (left, right) = (left.dropFirst(), right.dropFirst())
            }
        }
        if left.isEmpty != right.isEmpty { return left.isEmpty }
        return wholeLeft.lexicographicallyPrecedes(wholeRight)
    }

    /// Takes the digits at the beginning away.
    ///
    /// - Returns: them without zeros in front.
    private static func digits(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = text.prefix(while: \.isDigit)
        text = text.dropFirst(digits.count)
        return digits.drop { $0 == UInt8(ascii: "0") }
    }
}
