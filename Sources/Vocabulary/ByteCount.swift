/// A number of bytes, 0 or more.
public struct ByteCount: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let bytes: Int64

    public static let zero = ByteCount(0)

    /// Negative numbers become 0: a size is never less than nothing.
    public init(_ bytes: some BinaryInteger) {
        self.bytes = max(0, Int64(clamping: bytes))
    }

    /// Reads `300MB`, `2GiB`, `1.5 kB` or `4096`. Decimal units count in thousands, binary ones (`KiB`) in 1024s; upper and
    /// lower case are the same.
    ///
    /// - Throws: ``VocabularyError/byteCount(_:)``
    public init(parsing text: String) throws(VocabularyError) {
        let trimmed = text.filter { !$0.isWhitespace }.lowercased()
        let digits = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let factors: [Substring: Double] = [
            "": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "t": 1e12, "tb": 1e12,
            "kib": 1024, "mib": 1_048_576, "gib": 1_073_741_824, "tib": 1_099_511_627_776,
        ]
        guard let number = Double(digits), let factor = factors[trimmed.dropFirst(digits.count)],
            number * factor < 9e18
        else { throw .byteCount(text) }
        self.init(Int64((number * factor).rounded()))
    }

    /// Three significant digits in decimal units: `0 B`, `999 B`, `1.23 kB`, `45.6 MB`, `315 MB`.
    public var description: String {
        var value = Double(bytes)
        var unit = "B"
        for larger in ["kB", "MB", "GB", "TB"] where value >= 999.5 {
            value /= 1000
            unit = larger
        }
        guard unit != "B" else { return "\(bytes) B" }
        let places = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
        return "\(value.formatted(places: places)) \(unit)"
    }

    public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
    public static func + (left: ByteCount, right: ByteCount) -> ByteCount {
        ByteCount(left.bytes.addingSaturating(right.bytes))
    }
    /// The difference, or 0 where `right` is larger.
    public static func - (left: ByteCount, right: ByteCount) -> ByteCount { ByteCount(left.bytes - right.bytes) }
    public static func += (left: inout ByteCount, right: ByteCount) { left = left + right }
}

extension Double {
    /// This number with a fixed count of decimal places, a point and no grouping, whatever the locale.
    public func formatted(places: Int) -> String {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (magnitude * scale).rounded()
        guard scaled < 9e15 else { return "\(self)" }
        let digits = String(Int64(scaled))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let sign = self < 0 && scaled > 0 ? "-" : ""
        guard places > 0 else { return sign + padded }
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }
}
