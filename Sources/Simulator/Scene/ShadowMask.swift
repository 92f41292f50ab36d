/// How much of the lamp is hidden, at a quarter of the picture's size.
final class ShadowMask {
    static let reduction = 4

    let width: Int
    let height: Int
    private let shade: UnsafeMutablePointer<Float>
    private let scratch: UnsafeMutablePointer<Float>
    private let filler: PolygonFiller

    /// - Parameter width: the picture's, as is the height.
    init(width: Int, height: Int) {
        self.width = (width + Self.reduction - 1) / Self.reduction + 1
        self.height = (height + Self.reduction - 1) / Self.reduction + 1
        shade = .allocate(capacity: self.width * self.height)
        scratch = .allocate(capacity: self.width * self.height)
        filler = PolygonFiller(width: self.width, height: self.height)
        clear()
    }

    deinit {
        shade.deallocate()
        scratch.deallocate()
    }

    func clear() {
        shade.initialize(repeating: 0, count: width * height)
    }

    func copy(_ other: ShadowMask) {
        shade.update(from: other.shade, count: width * height)
    }

    /// Shades a polygon, given in pixels of the picture.
    func add(_ points: [Point], _ amount: Float = 1) {
        let scale = 1 / Double(Self.reduction)
        filler.forEachRow(of: points.map { Point($0.x * scale, $0.y * scale) }) { y, start, coverage, count in
            let row = shade + y * width + start
            for offset in 0..<count { row[offset] = max(row[offset], coverage[offset] * amount) }
        }
    }

    /// Leaves only what falls within another mask.
    func clip(to other: ShadowMask) {
        for index in 0..<(width * height) { shade[index] *= other.shade[index] }
    }

    /// Softens the edges, over a radius in pixels of the picture.
    func blur(radius: Double) {
        let reach = max(1, Int(radius / Double(Self.reduction)))
        for _ in 0..<2 {
            for y in 0..<height { smooth(shade + y * width, width, 1, reach) }
            for x in 0..<width { smooth(shade + x, height, width, reach) }
        }
    }

    private func smooth(_ line: UnsafeMutablePointer<Float>, _ count: Int, _ stride: Int, _ reach: Int) {
        let share = 1 / Float(2 * reach + 1)
        var sum: Float = 0
        for index in -reach...reach { sum += line[min(count - 1, max(0, index)) * stride] }
        for index in 0..<count {
            scratch[index] = sum * share
            sum += line[min(count - 1, index + reach + 1) * stride] - line[max(0, index - reach) * stride]
        }
        for index in 0..<count { line[index * stride] = scratch[index] }
    }

    /// Takes away light from a canvas: at most this share of it.
    func apply(to canvas: Canvas, strength: Float) {
        let reduction = Self.reduction
        for blockY in 0..<(height - 1) {
            for blockX in 0..<(width - 1) {
                let corner = shade + blockY * width + blockX
                let (a, b, c, d) = (corner[0], corner[1], corner[width], corner[width + 1])
                guard max(max(a, b), max(c, d)) > 0.004 else { continue }
                for y in 0..<reduction where blockY * reduction + y < canvas.height {
                    let down = Float(y) / Float(reduction)
                    let (left, right) = (a + (c - a) * down, b + (d - b) * down)
                    var pixel = canvas.pixels + ((blockY * reduction + y) * canvas.width + blockX * reduction) * 4
                    for x in 0..<min(reduction, canvas.width - blockX * reduction) {
                        let rest = 1 - strength * (left + (right - left) * Float(x) / Float(reduction))
                        pixel[0] *= rest
                        pixel[1] *= rest
                        pixel[2] *= rest
                        pixel += 4
                    }
                }
            }
        }
    }
}
