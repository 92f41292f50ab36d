/// A table for a terminal: a header, columns as wide as they must be, numbers to the right.
struct TextTable {
    enum Alignment { case left, right }

    struct Column {
        let title: String
        var alignment = Alignment.left
        /// Whether long texts may be cut where the terminal is too narrow.
        var isFlexible = false

        static func left(_ title: String) -> Column { Column(title: title) }
        static func right(_ title: String) -> Column { Column(title: title, alignment: .right) }
    }

    /// The columns with their widths.
    struct Layout {
        private let columns: [Column]
        private let widths: [Int]
        private let isBounded: Bool

        fileprivate init(_ columns: [Column], widths: [Int], isBounded: Bool) {
            (self.columns, self.widths, self.isBounded) = (columns, widths, isBounded)
        }

        /// A line without trailing blanks. A cell that is too wide is cut where its column is flexible and the width bounded;
        /// else it moves what follows to the right.
        func line(_ cells: [String]) -> String {
            let line = columns.indices.map { column in
                let isCut = isBounded && columns[column].isFlexible
                let cell = isCut ? cells[column].cut(toColumns: widths[column]) : cells[column]
                let padding = String(repeating: " ", count: max(0, widths[column] - cell.columns))
                return columns[column].alignment == .left ? cell + padding : padding + cell
            }.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }

        var header: String { line(columns.map { $0.title.uppercased() }) }
    }

    private let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    var isEmpty: Bool { rows.isEmpty }

    mutating func add(_ cells: [String]) {
        rows.append(cells)
    }

    /// The lines, header first, without trailing blanks.
    ///
    /// - Parameter width: of the terminal; where the table is wider, its flexible columns are cut, but to no less than 8.
    func lines(width: Int = .max) -> [String] {
        let layout = layout(width: width)
        return [layout.header] + rows.map(layout.line)
    }

    /// The columns as wide as the rows so far need them.
    func layout(width: Int) -> Layout {
        let header = columns.map { $0.title.uppercased() }
        let natural = columns.indices.map { column in ([header] + rows).map { $0[column].columns }.max() ?? 0 }
        return Layout(columns, widths: fitted(natural, into: width), isBounded: width < .max)
    }

    private func fitted(_ natural: [Int], into width: Int) -> [Int] {
        var widths = natural
        var surplus = widths.reduce(0, +) + 2 * (widths.count - 1) - min(width, 1 << 20)
        while surplus > 0 {
            let flexible = columns.indices.filter { columns[$0].isFlexible && widths[$0] > 8 }
            guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            surplus -= 1
        }
        return widths
    }
}
