public import Vocabulary

/// Where captures stop, short of the month's cap.
public enum CapStop: Hashable, Sendable, CustomStringConvertible {
    /// Never by ourselves; the server's own refusal is still heeded.
    case off
    /// At a part of the cap, more than 0 and at most 1. Without a cap there is no stop.
    case fraction(Double)
    /// At a number of bytes used by the account, but not past the cap. It holds without a cap as well.
    case bytes(ByteCount)

    /// 90 % of the cap.
    public static let standard = CapStop.fraction(0.9)

    /// Reads `90%`, `0.9`, `250MB` or `off`.
    ///
    /// - Throws: ``BudgetError/capStop(_:)``
    public init(parsing text: String) throws(BudgetError) {
        let trimmed = text.filter { !$0.isWhitespace }.lowercased()
        if trimmed == "off" {
            self = .off
        } else if trimmed.hasSuffix("%"), let percent = Self.number(trimmed.dropLast()), percent > 0, percent <= 100 {
            self = .fraction(percent / 100)
        } else if trimmed.contains("."), let fraction = Self.number(trimmed[...]) {
            guard fraction > 0, fraction <= 1 else { throw .capStop(text) }
            self = .fraction(fraction)
        } else if let bytes = try? ByteCount(parsing: trimmed), bytes > .zero {
            self = .bytes(bytes)
        } else {
            throw .capStop(text)
        }
    }

    /// Digits and a point, nothing else that `Double` would read (`inf`, `1e9`, `0x1p3`).
    private static func number(_ text: Substring) -> Double? {
        text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") } ? Double(text) : nil
    }

    /// As it is read: `off`, `90%`, `250 MB`.
    public var description: String {
        switch self {
        case .off: "off"
        case .fraction(let fraction):
            "\((fraction * 100).formatted(places: (fraction * 100).rounded() == fraction * 100 ? 0 : 1))%"
        case .bytes(let bytes): bytes.description
        }
    }

    /// The use at which captures stop, where there is one.
    public func threshold(ofCap cap: ByteCount?) -> ByteCount? {
        switch (self, cap) {
        case (.off, _), (.fraction, nil): nil
        case (.fraction(let fraction), let cap?): ByteCount(Int64((Double(cap.bytes) * fraction).rounded(.down)))
        case (.bytes(let bytes), let cap): min(bytes, cap ?? bytes)
        }
    }
}
