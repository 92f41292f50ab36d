/// Which of the words that there are was probably meant by one that there is not.
struct Spelling {
    let known: [String]

    /// The nearest known word, where no more than a third of its letters differ; `nil` where none is near.
    func nearest(to word: String) -> String? {
        let word = word.lowercased()
        return known.map { (name: $0, distance: Self.distance(word, $0.lowercased())) }
            .filter {
                $0.distance <= max(1, $0.name.count / 3) || $0.name.lowercased().hasPrefix(word) && word.count > 1
            }
            .min { $0.distance < $1.distance }?.name
    }

    /// Letters to put in, take out, change or swap with their neighbour (the optimal string alignment distance).
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var rows = [Array(0...right.count)]
        for (i, a) in left.enumerated() {
            var row = [i + 1]
            for (j, b) in right.enumerated() {
                var least = min(rows[i][j] + (a == b ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { least = min(least, rows[i - 1][j - 1] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
