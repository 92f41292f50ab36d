internal import Vocabulary

/// A part of the month's cap as people write it: `90%`, `0.9`, `250MB`.
enum PartOfCap: Hashable {
    /// More than 0, at most 1.
    case fraction(Double)
    case bytes(ByteCount)

    /// `nil` where the text is none.
    init?(parsing text: String) {
        let trimmed = text.filter { !$0.isWhitespace }.lowercased()
        if trimmed.hasSuffix("%"), let percent = Self.number(trimmed.dropLast()), percent > 0, percent <= 100 {
            self = .fraction(percent / 100)
        } else if trimmed.contains("."), let fraction = Self.number(trimmed[...]) {
            guard fraction > 0, fraction <= 1 else { return nil }
            self = .fraction(fraction)
        } else if let bytes = try? ByteCount(parsing: trimmed), bytes > .zero {
            self = .bytes(bytes)
        } else {
            return nil
        }
    }

    /// Digits and a point, nothing else that `Double` would read (`inf`, `1e9`, `0x1p3`).
    private static func number(_ text: Substring) -> Double? {
        text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") } ? Double(text) : nil
    }

    /// As it is read: `90%`, `250 MB`.
    var text: String {
        switch self {
        case .fraction(let fraction):
            "\((fraction * 100).formatted(places: (fraction * 100).rounded() == fraction * 100 ? 0 : 1))%"
        case .bytes(let bytes): bytes.description
        }
    }
}
