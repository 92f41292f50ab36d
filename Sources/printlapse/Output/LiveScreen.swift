/// Lines at the bottom of a terminal that are drawn over in place. A pure value: it answers with what is to be written.
struct LiveScreen {
    /// The columns of each line that stands there.
    private var drawn: [Int] = []

    /// Draws these lines in the place of those before. There may be no more of them than ``room(in:)``.
    mutating func drawing(_ lines: [String], in size: TerminalSize) -> String {
        let start = start(in: size)
        // A line that ends in the last column would be followed by an empty one on some terminals, and by none on others.
        let lines = lines.map { $0.cut(toColumns: size.columns - 1) }
        drawn = lines.map(\.columns)
        return start + lines.map { "\($0)\u{1B}[K\n" }.joined() + "\u{1B}[J"
    }

    /// Takes the lines away, so that something can be written that stays.
    mutating func clearing(in size: TerminalSize) -> String {
        defer { drawn = [] }
        return drawn.isEmpty ? "" : start(in: size) + "\u{1B}[J"
    }

    /// How many lines there may be: the row below them is the cursor's.
    static func room(in size: TerminalSize) -> Int { max(1, size.rows - 1) }

    /// To the beginning of the first line. Where the terminal has become narrower it has broken the lines into several.
    private func start(in size: TerminalSize) -> String {
        let rows = drawn.reduce(0) { $0 + max(1, ($1 + size.columns - 1) / size.columns) }
        return rows > 0 ? "\u{1B}[\(min(rows, Self.room(in: size)))F" : ""
    }
}

/// Which of many cameras get a line each, where there is not room for all of them.
struct LiveChoice {
    /// In the cameras' order.
    let shown: [Int]
    let hidden: [Int]

    /// Cameras in trouble come before those that are well; apart from that, the first ones are shown. One line is left for what
    /// there is to say of the others.
    init(_ isTroubled: [Bool], room: Int) {
        guard isTroubled.count > room else {
            (shown, hidden) = (Array(isTroubled.indices), [])
            return
        }
        let ranked = isTroubled.indices.filter { isTroubled[$0] } + isTroubled.indices.filter { !isTroubled[$0] }
        let places = max(0, room - 1)
        (shown, hidden) = (ranked.prefix(places).sorted(), ranked.dropFirst(places).sorted())
    }
}
