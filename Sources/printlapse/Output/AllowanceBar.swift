import Budget
import Vocabulary

/// The month's cap as a bar: what we and others used, what is free, what is kept, and where captures stop.
struct AllowanceBar {
    /// The bar's cells, from nothing to the cap.
    private var signs: [Sign]

    private enum Sign: Character, CaseIterable {
        case ours = "█"
        case others = "▓"
        case free = "░"
        case kept = "▒"
        case stop = "|"
        case beyond = "·"

        var meaning: String? {
            switch self {
            case .ours: "captures"
            case .others: "others"
            case .free: "free"
            case .kept: "kept for you"
            case .stop: "captures stop"
            case .beyond: nil
            }
        }
    }

    init(_ report: BudgetReport, cells: Int) {
        signs = Array(repeating: .free, count: cells)
        let cap = Double(max(1, report.monthlyCap?.bytes ?? 1))
        func cell(_ bytes: ByteCount?) -> Int {
            min(cells, Int((Double(bytes?.bytes ?? 0) / cap * Double(cells)).rounded()))
        }
        if let stop = report.stopsAt, let ceiling = report.ceiling {
            fill(cell(ceiling)..<cells, with: .kept)
            fill(cell(stop)..<cells, with: .beyond)
            fill(cell(stop)..<min(cells, cell(stop) + 1), with: .stop)
        }
        fill(0..<cell(report.total), with: .others)
        fill(0..<cell(report.ours), with: .ours)
    }

    private mutating func fill(_ cells: Range<Int>, with sign: Sign) {
        for cell in cells { signs[cell] = sign }
    }

    /// The bar, and below it what those of its signs mean that it has.
    var lines: [String] {
        let legend = Sign.allCases.filter(signs.contains).compactMap { sign in
            sign.meaning.map { "\(sign.rawValue) \($0)" }
        }
        return [String(signs.map(\.rawValue)), legend.joined(separator: "  ")]
    }
}
