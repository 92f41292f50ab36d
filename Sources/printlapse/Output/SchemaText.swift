import Archive

/// The archive's tables and views for a person, 80 columns wide.
struct SchemaText {
    private static let width = 80

    /// Every table and view with the meaning of its columns.
    static var lines: [String] {
        let introduction = SchemaDocumentation.introduction.wrapped(to: width)
        return (SchemaDocumentation.views + SchemaDocumentation.tables).reduce(introduction) {
            $0 + [""] + described($1)
        }
    }

    private static func described(_ entry: SchemaDocumentation) -> [String] {
        let label = (entry.columns.map(\.name.count).max() ?? 0) + 4
        let columns = entry.columns.flatMap { column in
            column.meaning.wrapped(to: width - label).enumerated().map { index, line in
                (index == 0 ? "  " + column.name : "").padding(to: label) + line
            }
        }
        return [entry.name] + entry.meaning.wrapped(to: width - 2).map { "  " + $0 } + [""] + columns
    }

    /// The statements that make them, with the meanings as comments.
    static func sql() throws -> [String] {
        let documented = SchemaDocumentation.tables + SchemaDocumentation.views
        let introduction = SchemaDocumentation.introduction.wrapped(to: width - 3).map { "-- " + $0 }
        return try SchemaStatements().all.reduce(introduction) { lines, statement in
            guard let entry = documented.first(where: { $0.name == statement.name }) else {
                return lines + ["", statement.sql + ";"]
            }
            let meaning = entry.meaning.wrapped(to: width - 3).map { "-- " + $0 }
            return lines + [""] + meaning
                + (statement.type == "table" ? table(statement.sql, entry) : view(statement.sql, entry))
        }
    }

    /// The columns stand one below the other, each below its meaning.
    private static func table(_ sql: String, _ entry: SchemaDocumentation) -> [String] {
        let definition = TableDefinition(sql)
        let last = definition.items.count - 1
        let items = definition.items.enumerated().flatMap { index, item in
            let meaning = entry.columns.first { item.hasPrefix($0.name + " ") }?.meaning
            return (meaning?.wrapped(to: width - 7).map { "    -- " + $0 } ?? [])
                + ["    " + item + (index == last ? "" : ",")]
        }
        return [definition.beginning] + items + [definition.end + ";"]
    }

    private static func view(_ sql: String, _ entry: SchemaDocumentation) -> [String] {
        let columns = entry.columns.flatMap { "\($0.name): \($0.meaning)".wrapped(to: width - 5) }
        return columns.map { "--   " + $0 } + [sql + ";"]
    }
}

/// A `CREATE TABLE` statement, taken apart at its commas, without its comments.
struct TableDefinition {
    /// `CREATE TABLE name (`
    private(set) var beginning = ""
    /// Its columns and what it demands of them together.
    private(set) var items: [String] = []
    /// `) STRICT`
    private(set) var end = ""

    init(_ sql: String) {
        var (depth, item) = (0, "")
        let text = Self.withoutComments(sql).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for character in text {
            if character == ")" { depth -= 1 }
            switch (character, depth) {
            case ("(", 0) where items.isEmpty: beginning += "("
            case (",", 1):
                items.append(item.trimmed)
                item = ""
            case (")", 0):
                items.append(item.trimmed)
                (item, end) = ("", ")")
            case (_, 0): if end.isEmpty { beginning.append(character) } else { end.append(character) }
            default: item.append(character)
            }
            if character == "(" { depth += 1 }
        }
    }

    private static func withoutComments(_ sql: String) -> String {
        sql.split(separator: "\n").map { line in
            line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line
        }.joined(separator: "\n")
    }
}

extension String {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
