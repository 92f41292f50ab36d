package import Vocabulary

/// Where captures stop, short of the month's cap.
package enum CapStop: Hashable, Sendable, CustomStringConvertible {
    /// Never by ourselves; the server's own refusal is still heeded.
    case off
    /// At a part of the cap, more than 0 and at most 1. Without a cap there is no stop.
    case fraction(Double)
    /// At a number of bytes used by the account, but not past the cap. It holds without a cap as well.
    case bytes(ByteCount)

    /// 90 % of the cap.
    package static let standard = CapStop.fraction(0.9)

    /// Reads `90%`, `0.9`, `250MB` or `off`.
    ///
    /// - Throws: ``BudgetError/capStop(_:)``
    package init(parsing text: String) throws(BudgetError) {
        if text.lowercased() == "off" {
            self = .off
            return
        }
        switch PartOfCap(parsing: text) {
        case .fraction(let fraction): self = .fraction(fraction)
        case .bytes(let bytes): self = .bytes(bytes)
        case nil: throw .capStop(text)
        }
    }

    /// As it is read: `off`, `90%`, `250 MB`.
    package var description: String {
        switch self {
        case .off: "off"
        case .fraction(let fraction): PartOfCap.fraction(fraction).text
        case .bytes(let bytes): PartOfCap.bytes(bytes).text
        }
    }

    /// The use at which captures stop, where there is one.
    package func threshold(ofCap cap: ByteCount?) -> ByteCount? {
        switch (self, cap) {
        case (.off, _), (.fraction, nil): nil
        case (.fraction(let fraction), let cap?): cap.part(fraction)
        case (.bytes(let bytes), let cap): min(bytes, cap ?? bytes)
        }
    }
}

extension ByteCount {
    /// A part of these bytes, rounded down.
    func part(_ fraction: Double) -> ByteCount {
        ByteCount(Int64((Double(bytes) * fraction).rounded(.down)))
    }
}
