/// A letter as a plotter draws it: the way of a round pen, along straight lines and arcs.
///
/// The unit is a twentieth of a capital letter's height. x goes right from the pen's leftmost place, y goes up from the
/// baseline; small letters are 14 high and reach 6 below the line.
struct Letter: Sendable {
    /// How far right the pen comes.
    let width: Double
    private(set) var segments: [Segment] = []

    static let capitalHeight = 20.0
    static let smallHeight = 14.0
    static let descent = 6.0

    /// A straight piece of the way; a dot where it has no length.
    struct Segment: Hashable, Sendable {
        let from, to: Point
    }

    struct Point: Hashable, Sendable {
        let x, y: Double
    }

    /// Reads a way. Each word is a step: a letter and where it leads to, `x,y`.
    ///
    /// - `m` puts the pen down anew. Without a step after it, that is a dot.
    /// - `l` draws a line.
    /// - `h` and `v` draw a quarter of an ellipse, which leaves horizontally or vertically.
    /// - `q` draws a quadratic Bézier curve; its control point stands before its end.
    init(width: Double, way: String) {
        self.width = width
        var pen = Point(x: 0, y: 0)
        for step in way.split(separator: " ") {
            let numbers = step.dropFirst().split(separator: ",").compactMap { Double($0) }
            guard numbers.count >= 2 else { continue }
            let first = Point(x: numbers[0], y: numbers[1])
            let end = Point(x: numbers[numbers.count - 2], y: numbers[numbers.count - 1])
            switch step.first {
            case "m": segments.append(Segment(from: end, to: end))
            case "h": draw(from: pen, Point(x: end.x, y: pen.y), Self.roundness, to: end)
            case "v": draw(from: pen, Point(x: pen.x, y: end.y), Self.roundness, to: end)
            case "q": draw(from: pen, first, 2 / 3, to: end)
            default: segments.append(Segment(from: pen, to: end))
            }
            pen = end
        }
    }

    /// This letter with another one's way added to it, moved.
    func with(_ mark: Letter, right: Double, up: Double) -> Letter {
        func moved(_ point: Point) -> Point { Point(x: point.x + right, y: point.y + up) }
        var letter = self
        letter.segments += mark.segments.map { Segment(from: moved($0.from), to: moved($0.to)) }
        return letter
    }

    /// How far the control points of the cubic curve that comes nearest to a quarter of an ellipse lie on their way to
    /// the corner: 4/3 × (√2 − 1).
    private static let roundness = 0.5523

    /// Draws a cubic Bézier curve whose control points lie on the lines from its ends to a corner, at a share of the
    /// way.
    private mutating func draw(from start: Point, _ corner: Point, _ share: Double, to end: Point) {
        let pieces = 10
        func towardsCorner(_ from: Double, _ to: Double) -> Double { from + (to - from) * share }
        func value(_ t: Double, _ a: Double, _ corner: Double, _ b: Double) -> Double {
            let s = 1 - t
            return s * s * s * a + 3 * s * s * t * towardsCorner(a, corner) + 3 * s * t * t * towardsCorner(b, corner)
                + t * t * t * b
        }
        var pen = start
        for piece in 1...pieces {
            let t = Double(piece) / Double(pieces)
            let next = Point(x: value(t, start.x, corner.x, end.x), y: value(t, start.y, corner.y, end.y))
            segments.append(Segment(from: pen, to: next))
            pen = next
        }
    }
}
