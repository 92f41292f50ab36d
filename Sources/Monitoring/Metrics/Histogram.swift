/// How often a quantity fell between which bounds.
struct Histogram: Sendable {
    /// The upper, inclusive bounds of the buckets, ascending; values above the last are counted in ``count`` alone.
    let bounds: [Double]
    /// In each bucket, those below not included.
    private(set) var counts: [Int]
    private(set) var count = 0
    private(set) var sum = 0.0

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count)
    }

    /// From a millisecond to two minutes: lateness should be in the first few, and a deadline is 60 s.
    static let seconds = Histogram(
        bounds: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120])

    mutating func observe(_ value: Double) {
        count += 1
        sum += value
        if let bucket = bounds.firstIndex(where: { value <= $0 }) { counts[bucket] += 1 }
    }
}
