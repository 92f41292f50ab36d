/// Numbers that came in rising order, as runs without holes: a few for contents that were stored one after the other.
struct NumberRuns: Sendable {
    private var runs: [ClosedRange<Int64>] = []

    mutating func append(_ number: Int64) {
        if let last = runs.last, number > last.upperBound, number - 1 == last.upperBound {
            runs[runs.count - 1] = last.lowerBound...number
        } else if runs.last.map({ $0.upperBound < number }) ?? true {
            runs.append(number...number)
        }
    }

    func contains(_ number: Int64) -> Bool {
        var (low, high) = (0, runs.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low < runs.count && runs[low].contains(number)
    }
}
