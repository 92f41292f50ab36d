package import Validation

/// How much two luma pictures differ beyond a change of light.
///
/// For every block Δ is the difference of the two pictures' means. Subtracting the median of all Δ takes away what changed
/// everywhere alike, as when a lamp flickers. A mean over 8 × 8 pixels evens sensor noise out: with noise of σ ≤ 4 and
/// flicker of ±2, two pictures of one scene stay at 6 or below, while an object of 12 × 12 pixels that stands out by 16,
/// wherever it lies, moves at least one block by 9.
package struct LumaChange: Hashable, Sendable {
    /// max |Δ − median(Δ)|, 0 to 510.
    ///
    /// The median of an even number of values is the upper of the middle two.
    package let greatest: Int
    /// How many of a hundred blocks changed by more than noise does, rounded up.
    package let percent: Int

    /// The greatest change at which two pictures count as showing the same.
    package static let noise = 6

    /// `nil` for pictures of different sizes, which nothing can be said about.
    package init?(to luma: LumaPicture, from earlier: LumaPicture) {
        guard luma.pictureSize == earlier.pictureSize, !luma.pixels.isEmpty else { return nil }
        let histogram = DifferenceHistogram(luma.pixels, earlier.pixels)
        let median = histogram.median
        greatest = max(histogram.greatest - median, median - histogram.least)
        let changed = luma.pixels.count - histogram.count(within: Self.noise, of: median)
        percent = (changed * 100 + luma.pixels.count - 1) / luma.pixels.count
    }

    /// Whether the two pictures show the same but for noise and a change of light.
    var isNoise: Bool { greatest <= Self.noise }
}

/// How often each difference occurs.
private struct DifferenceHistogram {
    private var counts = [Int](repeating: 0, count: 511)
    private let total: Int

    init(_ first: [UInt8], _ second: [UInt8]) {
        total = first.count
        first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { second in
                counts.withUnsafeMutableBufferPointer { counts in
                    for index in 0..<first.count {
                        counts[Int(first[index]) &- Int(second[index]) &+ 255] &+= 1
                    }
                }
            }
        }
    }

    var least: Int { (counts.firstIndex { $0 > 0 } ?? 255) - 255 }
    var greatest: Int { (counts.lastIndex { $0 > 0 } ?? 255) - 255 }

    var median: Int {
        var seen = 0
        let index = counts.firstIndex { count in
            seen += count
            return seen > total / 2
        }
        return (index ?? 255) - 255
    }

    func count(within distance: Int, of middle: Int) -> Int {
        let range = max(-255, middle - distance)...min(255, middle + distance)
        return range.reduce(0) { $0 + counts[$1 + 255] }
    }
}

extension LumaPicture {
    /// Whether two pictures show the same but for noise and a change of light, by the measure that near duplicates go by.
    ///
    /// Pictures of different sizes are never alike.
    package func showsTheSame(as other: LumaPicture) -> Bool {
        LumaChange(to: self, from: other)?.isNoise ?? false
    }
}
