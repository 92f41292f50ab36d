internal import Validation
package import Vocabulary

/// Whether pictures of one camera, in the order of time, come in turns from two: their sizes change again and again, or each looks
/// like the one before the last and not like the last.
struct Alternation {
    private(set) var sizeChanges = 0
    private(set) var sceneChanges = 0
    private var pictures = 0
    private var sizes: Set<PixelSize> = []
    private var last: Look?
    private var beforeLast: Look?

    private struct Look {
        let size: PixelSize
        let luma: LumaPicture
    }

    /// Two views of one room differ by more than this many grey levels on the mean; light and a moving head by less.
    private static let otherScene = 12.0

    mutating func visit(_ size: PixelSize, _ luma: LumaPicture) {
        pictures += 1
        sizes.insert(size)
        let look = Look(size: size, luma: luma)
        if let last {
            if last.size != size {
                sizeChanges += 1
            } else if let beforeLast, beforeLast.size == size,
                let toLast = luma.meanDifference(to: last.luma), toLast > Self.otherScene,
                let back = luma.meanDifference(to: beforeLast.luma), back * 3 < toLast
            {
                sceneChanges += 1
            }
        }
        (beforeLast, last) = (last, look)
    }

    /// A camera whose size was set anew changes it now and then; two cameras do it all the time.
    var sizesAlternate: Bool { sizes.count > 1 && sizeChanges >= 4 && sizeChanges * 10 >= pictures }
    var scenesAlternate: Bool { sceneChanges >= 4 && sceneChanges * 5 >= pictures }
}

/// A camera under which pictures of several cameras were filed, it seems.
package struct AlternatingCamera: Hashable, Sendable, KeyedRecord {
    package let camera: String
    /// What changes to and fro: `sizes` or `scenes`.
    package let what: String
    /// How often.
    package let count: Int

    package static let fields: [Field<Self>] = [
        Field("camera", \.camera), Field("what", \.what), Field("count", \.count),
    ]

    init?(_ camera: CameraName, _ alternation: Alternation) {
        self.camera = camera.text
        if alternation.sizesAlternate {
            (what, count) = ("sizes", alternation.sizeChanges)
        } else if alternation.scenesAlternate {
            (what, count) = ("scenes", alternation.sceneChanges)
        } else {
            return nil
        }
    }
}

extension LumaPicture {
    /// The mean of the differences, in grey levels; `nil` for pictures of different sizes.
    fileprivate func meanDifference(to other: LumaPicture) -> Double? {
        guard pixels.count == other.pixels.count, !pixels.isEmpty else { return nil }
        // Every seventh tells as much as all.
        let places = stride(from: 0, to: pixels.count, by: 7)
        let sum = places.reduce(0) { $0 + abs(Int(pixels[$1]) - Int(other.pixels[$1])) }
        return Double(sum) / Double((pixels.count + 6) / 7)
    }
}
