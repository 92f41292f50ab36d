package import Vocabulary

/// What of the month's allowance is kept for the owner's own use: other apps, looking at the live camera.
///
/// What the owner has spent this month already comes off the reserve, so it is never kept twice.
package enum OwnersReserve: Hashable, Sendable, CustomStringConvertible {
    case none
    /// A part of the cap, more than 0 and at most 1; nothing without a cap.
    case fraction(Double)
    case bytes(ByteCount)

    /// Reads `20%`, `0.2`, `60MB` or `none`.
    ///
    /// - Throws: ``BudgetError/ownersReserve(_:)``
    package init(parsing text: String) throws(BudgetError) {
        if text.lowercased() == "none" {
            self = .none
            return
        }
        switch PartOfCap(parsing: text) {
        case .fraction(let fraction): self = .fraction(fraction)
        case .bytes(let bytes): self = .bytes(bytes)
        case nil: throw .ownersReserve(text)
        }
    }

    /// As it is read: `none`, `20%`, `60 MB`.
    package var description: String {
        switch self {
        case .none: "none"
        case .fraction(let fraction): PartOfCap.fraction(fraction).text
        case .bytes(let bytes): PartOfCap.bytes(bytes).text
        }
    }

    func amount(ofCap cap: ByteCount?) -> ByteCount {
        switch self {
        case .none: .zero
        case .fraction(let fraction): cap?.part(fraction) ?? .zero
        case .bytes(let bytes): bytes
        }
    }
}
