internal import Foundation

/// What is printed: an outline for each height.
struct PartShape: Hashable, Sendable {
    enum Model: Int, CaseIterable, Sendable {
        case boat, vase, rook
    }

    let model: Model
    /// In millimetres.
    let height: Double
    /// Which of the colours on the shelf.
    let filament: Int

    /// Print after print another model and another colour.
    init(seed: UInt64, print number: Int) {
        var random = RandomNumbers(seed: seed, 0x5a9e)
        let models = Model.allCases
        model = models[(number + Int(seed % 97)) % models.count]
        height = model == .boat ? 58 : model == .vase ? 72 : 66
        filament = (Int(random.next() % 5) + number * 2) % 5
    }

    /// The number of points of each outline.
    static let points = 144

    /// The outline at a height from 0 to 1, anticlockwise seen from above, in millimetres from the middle of the bed.
    func outline(at height: Double) -> [(x: Double, y: Double)] {
        let center = centre(at: height)
        return (0..<Self.points).map { index in
            let angle = Double(index) / Double(Self.points) * 2 * .pi
            let radius = radius(angle, height)
            return (center + radius.x * cos(angle), radius.y * sin(angle))
        }
    }

    private func centre(at height: Double) -> Double {
        guard model == .boat else { return 0 }
        if height < Self.deck { return 0 }
        return height < Self.roof ? -10 : -12
    }

    private static let deck = 0.36
    private static let roof = 0.8
    private static let chimney = 0.86

    private func radius(_ angle: Double, _ height: Double) -> (x: Double, y: Double) {
        switch model {
        case .vase:
            let profile = 21 + 11 * sin(height * 4.1 + 0.5) + 5 * height
            let lobes = 1 + (0.05 + 0.05 * height) * cos(9 * angle + 2.6 * height)
            return (profile * lobes, profile * lobes)
        case .rook:
            let profile = 17 + 13 * pow(1 - min(1, height / 0.45), 2) + 9 * Texture.step(0.62, 0.82, height)
            let foot = height < 0.07 ? 2.5 : 0
            let isGap = height > 0.88 && cos(6 * angle) > 0.2
            let radius = profile + foot - (isGap ? 7 : 0)
            return (radius, radius)
        case .boat:
            return boat(angle, height)
        }
    }

    private func boat(_ angle: Double, _ height: Double) -> (x: Double, y: Double) {
        if height < Self.deck {
            // A superellipse whose bow is drawn out and rises forward.
            let up = height / Self.deck
            let forward = max(0, cos(angle))
            let exponent = 2.6 - 0.9 * forward
            let length = 36 + 7 * up + 9 * up * forward
            let beam = 17 + 5 * sqrt(up)
            let form = pow(pow(abs(cos(angle)), exponent) + pow(abs(sin(angle)), exponent), -1 / exponent)
            return (length * form, beam * form)
        }
        if height < Self.chimney {
            let isRoof = height >= Self.roof
            let form = pow(pow(abs(cos(angle)), 6) + pow(abs(sin(angle)), 6), -1 / 6)
            return ((isRoof ? 20 : 16.5) * form, (isRoof ? 17 : 13.5) * form)
        }
        return (5.5, 5.5)
    }

    /// Whether the wall has a hole at a height and a place to the right of the outline's middle, in millimetres.
    func isWindow(at height: Double, x: Double) -> Bool {
        guard model == .boat, height > 0.5, height < 0.7 else { return false }
        return abs(abs(x - centre(at: height)) - 7) < 4.6
    }
}
