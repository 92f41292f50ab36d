extension String {
    /// The words of this text in lines of at most so many columns. A word that is wider alone, such as a path, is not broken.
    func wrapped(to width: Int) -> [String] {
        split(separator: " ").reduce(into: [String]()) { lines, word in
            if let last = lines.last, last.columns + String(word).columns < width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
    }

    /// This text with those of its lines broken between words that are too wide; what is continued is indented as its line is.
    func fitted(to width: Int) -> String {
        split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard String(line).columns > width else { return String(line) }
            let indent = String(line.prefix { $0 == " " })
            return String(line).wrapped(to: width - indent.count).map { indent + $0 }.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
