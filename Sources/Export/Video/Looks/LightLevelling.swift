internal import Foundation

/// By how much each frame's light is raised or lowered so that a video does not flicker.
///
/// Flicker is what jumps to and fro from frame to frame: a camera's automatic exposure, a lamp that beats with the
/// shutter. What stays is real and is kept: a fade of light, and a lamp that is switched on. So the row is cut where the
/// light changes for good, and between cuts each frame is brought to the trend around it. All of it looks as far back
/// as ahead, and at what was captured and never at what was corrected: it cannot lag or swing.
struct LightLevelling {
    /// A factor for each frame's coded values, 1 for none.
    let factors: [Double]

    /// How many frames count on either side.
    static let reach = 8
    /// No frame's light is changed by a larger factor than this or its inverse: more is no flicker.
    static let most = 1.6
    /// Coded values follow light by about this power, so a factor of light is its root here.
    static let gamma = 2.2

    /// - Parameter lights: mean light in linear terms, 0 to 1, in the video's order.
    init(_ lights: [Double]) {
        let levels = lights.map { log(max($0, 1e-4)) }
        let limit = log(Self.most)
        factors = Self.stretches(of: levels).flatMap { stretch in
            let row = Array(levels[stretch])
            return zip(row, Self.trend(of: row)).map { level, trend in
                exp(min(limit, max(-limit, trend - level)) / Self.gamma)
            }
        }
    }

    /// The row cut where its level changes for good: where it stands elsewhere after than before, by far more than it
    /// moves on either side.
    static func stretches(of row: [Double]) -> [Range<Int>] {
        let steps = row.indices.map { place -> Double in
            guard place >= 2, place + 2 <= row.count else { return 0 }
            let (before, after) = (row[max(0, place - reach)..<place], row[place..<min(row.count, place + reach)])
            let step = abs(middle(of: after) - middle(of: before))
            return step > max(0.15, 4 * max(spread(of: before), spread(of: after))) ? step : 0
        }
        let cuts = row.indices.filter { place in
            let near = steps[max(0, place - 2)..<min(row.count, place + 3)]
            return steps[place] > 0 && steps[place] == near.max()
        }
        return zip([0] + cuts, cuts + [row.count]).filter { $0 < $1 }.map { $0..<$1 }
    }

    /// The level around each place: the mean of the middle half, which a single flash does not move, smoothed once more.
    static func trend(of row: [Double]) -> [Double] {
        guard row.count > 2 else { return row }
        return around(
            around(row) { window in mean(of: window.sorted()[window.count / 4..<window.count - window.count / 4]) }
        ) { mean(of: $0[...]) }
    }

    /// What `body` makes of each value with those around it.
    ///
    /// Before the first and after the last, the row goes on along the line that fits the values there best, so that a
    /// fade does not level off at its ends.
    private static func around(_ row: [Double], _ body: ([Double]) -> Double) -> [Double] {
        let reach = min(reach, row.count - 1)
        let head = line(through: Array(row.prefix(2 * reach + 1)))
        let tail = line(through: Array(row.suffix(2 * reach + 1).reversed()))
        let before = (1...reach).reversed().map { head.start - head.slope * Double($0) }
        let after = (1...reach).map { tail.start - tail.slope * Double($0) }
        let extended = before + row + after
        return row.indices.map { body(Array(extended[$0...$0 + 2 * reach])) }
    }

    /// By least squares.
    private static func line(through row: [Double]) -> (start: Double, slope: Double) {
        let center = Double(row.count - 1) / 2
        let mean = mean(of: row[...])
        var (above, below) = (0.0, 0.0)
        for (place, value) in row.enumerated() {
            above += (Double(place) - center) * (value - mean)
            below += (Double(place) - center) * (Double(place) - center)
        }
        let slope = below > 0 ? above / below : 0
        return (mean - slope * center, slope)
    }

    private static func mean(of values: ArraySlice<Double>) -> Double {
        values.reduce(0, +) / Double(max(1, values.count))
    }

    /// The median.
    private static func middle(of values: ArraySlice<Double>) -> Double {
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    /// The median distance from the median.
    private static func spread(of values: ArraySlice<Double>) -> Double {
        let middle = middle(of: values)
        return self.middle(of: values.map { abs($0 - middle) }[...])
    }
}
