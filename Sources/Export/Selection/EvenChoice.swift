/// Which of a row of frames are taken so that they are spread evenly in time.
enum EvenChoice {
    /// One of so many, beginning with the first.
    static func taken<Element>(everyNth every: Int, of row: [Element]) -> [Element] {
        every <= 1 ? row : stride(from: 0, to: row.count, by: every).map { row[$0] }
    }

    /// The places of so many frames: the nearest to evenly spaced instants, the first and the last frame among them.
    ///
    /// No frame is taken twice. Where several instants have the same nearest frame, as in a gap, its neighbours on both
    /// sides are taken: place − number may not fall from one instant to the next, and the row of them that deviates
    /// least from the nearest frames' is found by pooling neighbours that violate this (Ayer and others, 1955).
    ///
    /// - Parameters:
    ///   - count: 1 or more; of fewer frames all are taken.
    ///   - elapsed: when the frames were captured; never falling.
    static func places(of count: Int, in elapsed: [Int64]) -> [Int] {
        guard count < elapsed.count else { return Array(elapsed.indices) }
        guard count > 1, let last = elapsed.last else { return [0] }
        var pools: [Pool] = []
        var place = 0
        for number in 0..<count {
            let instant = Double(last) * Double(number) / Double(count - 1)
            while place + 1 < elapsed.count,
                abs(Double(elapsed[place + 1]) - instant) < abs(Double(elapsed[place]) - instant)
            {
                place += 1
            }
            // Of frames at the very end the last one.
            if number == count - 1 { place = elapsed.count - 1 }
            pools.append(Pool(sum: place - number, count: 1))
            while pools.count > 1, pools[pools.count - 2].mean > pools[pools.count - 1].mean {
                let later = pools.removeLast()
                pools[pools.count - 1].sum += later.sum
                pools[pools.count - 1].count += later.count
            }
        }
        let shifts = pools.lazy.flatMap { pool in
            repeatElement(min(elapsed.count - count, max(0, Int(pool.mean.rounded()))), count: pool.count)
        }
        return shifts.enumerated().map { number, shift in number + shift }
    }

    /// Neighbouring instants whose places lie side by side.
    private struct Pool {
        var sum: Int
        var count: Int
        var mean: Double { Double(sum) / Double(count) }
    }
}
