import Vocabulary

/// Rows on their way to standard output as a table, a JSON array, NDJSON or CSV.
///
/// In constant memory: the first rows of a table are gathered for the widths of its columns, and the others follow in these.
struct Listing<Row: KeyedRecord> {
    /// A column of the table.
    struct Column {
        let title: String
        var alignment = TextTable.Alignment.left
        var isFlexible = false
        var text: (Row) -> String
    }

    private let format: ListFormat
    private let columns: [Column]
    /// What stands below a row of a table, in lines of so many columns at most where they can be broken.
    private let below: ((Row, _ width: Int) -> [String])?
    private var table: TextTable
    private var linesBelow: [[String]] = []
    /// The table's columns once the first rows are printed.
    private var layout: TextTable.Layout?
    private var count = 0

    init(_ format: ListFormat, columns: [Column], below: ((Row, _ width: Int) -> [String])? = nil) {
        self.format = format
        self.columns = columns
        self.below = below
        table = TextTable(
            columns.map { TextTable.Column(title: $0.title, alignment: $0.alignment, isFlexible: $0.isFlexible) })
    }

    mutating func add(_ row: Row) throws {
        switch format {
        case .table: try add(columns.map { $0.text(row) }, below?(row, Self.width - Self.indent.count) ?? [])
        case .json: try StandardOutput.write((count == 0 ? "[\n" : ",\n") + JSONOutput.encode(row, pretty: false))
        case .ndjson: try StandardOutput.line(JSONOutput.encode(row, pretty: false))
        case .csv:
            if count == 0 { try writeCSV(Row.fields.map(\.key)) }
            try writeCSV(Row.fields.map { Self.csvField($0.text(of: row) ?? "") })
        }
        count += 1
    }

    /// How many rows a table is laid out by.
    private static var rowsForLayout: Int { 500 }

    private static var indent: String { "   " }
    private static var width: Int { StandardOutput.isTerminal ? TerminalSize.current.columns : 80 }

    private mutating func add(_ cells: [String], _ below: [String]) throws {
        if let layout { return try write(cells, below, layout) }
        table.add(cells)
        linesBelow.append(below)
        if table.rows.count == Self.rowsForLayout { try beginTable() }
    }

    private mutating func beginTable() throws {
        let layout = table.layout(width: StandardOutput.isTerminal ? TerminalSize.current.columns : .max)
        self.layout = layout
        try StandardOutput.line(layout.header)
        for (row, below) in zip(table.rows, linesBelow) { try write(row, below, layout) }
    }

    private func write(_ cells: [String], _ below: [String], _ layout: TextTable.Layout) throws {
        try StandardOutput.line(layout.line(cells))
        for line in below { try StandardOutput.line(Self.indent + line) }
    }

    /// - Parameter empty: what a person is told on standard error where there was no row.
    mutating func finish(empty: String) throws {
        switch format {
        case .table:
            guard count > 0 else { return StandardError.write(empty) }
            if layout == nil { try beginTable() }
        case .json: try StandardOutput.line(count == 0 ? "[]" : "\n]")
        case .csv: if count == 0 { try writeCSV(Row.fields.map(\.key)) }
        case .ndjson: break
        }
        // What is said of the rows comes after them.
        try StandardOutput.flush()
    }

    private func writeCSV(_ line: [String]) throws {
        try StandardOutput.write(line.joined(separator: ",") + "\r\n")
    }

    /// RFC 4180: quoted where it holds a comma, a quote or a line break.
    static func csvField(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
