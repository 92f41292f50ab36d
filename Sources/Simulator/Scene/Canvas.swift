/// A picture in linear light: red, green, blue and coverage, premultiplied, four floats a pixel.
final class Canvas {
    let width: Int
    let height: Int
    let pixels: UnsafeMutablePointer<Float>

    init(width: Int, height: Int) {
        (self.width, self.height) = (width, height)
        pixels = .allocate(capacity: width * height * 4)
        clear()
    }

    deinit { pixels.deallocate() }

    func clear() {
        pixels.initialize(repeating: 0, count: width * height * 4)
    }

    func copy(_ other: Canvas) {
        pixels.update(from: other.pixels, count: width * height * 4)
    }

    /// Paints a polygon, antialiased by exact coverage.
    func fill(_ points: [Point], _ brush: some Brush, opacity: Float = 1, with filler: PolygonFiller) {
        filler.forEachRow(of: points) { y, start, coverage, count in
            var pixel = pixels + (y * width + start) * 4
            for offset in 0..<count {
                let alpha = coverage[offset] * opacity
                if alpha > 0.002 {
                    let color = brush.color(Float(start + offset) + 0.5, Float(y) + 0.5)
                    let rest = 1 - alpha
                    pixel[0] = pixel[0] * rest + color.red * alpha
                    pixel[1] = pixel[1] * rest + color.green * alpha
                    pixel[2] = pixel[2] * rest + color.blue * alpha
                    pixel[3] = pixel[3] * rest + alpha
                }
                pixel += 4
            }
        }
    }

    /// Darkens what is within a polygon, and paints nothing where nothing is.
    func darken(_ points: [Point], by share: Float, with filler: PolygonFiller) {
        filler.forEachRow(of: points) { y, start, coverage, count in
            var pixel = pixels + (y * width + start) * 4
            for offset in 0..<count {
                let rest = 1 - coverage[offset] * share
                pixel[0] *= rest
                pixel[1] *= rest
                pixel[2] *= rest
                pixel += 4
            }
        }
    }

    /// Lays another canvas of the same size over this one, within these rows and columns.
    func lay(_ other: Canvas, columns: Range<Int>, rows: Range<Int>) {
        for y in rows {
            var pixel = pixels + (y * width + columns.lowerBound) * 4
            var over = other.pixels + (y * width + columns.lowerBound) * 4
            for _ in columns {
                let alpha = over[3]
                if alpha > 0 {
                    let rest = 1 - alpha
                    pixel[0] = pixel[0] * rest + over[0]
                    pixel[1] = pixel[1] * rest + over[1]
                    pixel[2] = pixel[2] * rest + over[2]
                }
                pixel += 4
                over += 4
            }
        }
    }

    /// Adds light that fades with the square of the distance from a point, out to a radius in pixels.
    func glow(_ center: Point, radius: Double, _ color: LinearColor) {
        let columns = max(0, Int(center.x - radius))..<max(0, min(width, Int(center.x + radius) + 1))
        let rows = max(0, Int(center.y - radius))..<max(0, min(height, Int(center.y + radius) + 1))
        guard !columns.isEmpty else { return }
        for y in rows {
            for x in columns {
                let (dx, dy) = ((Double(x) - center.x) / radius, (Double(y) - center.y) / radius)
                let near = Float(max(0, 1 - dx * dx - dy * dy))
                let pixel = pixels + (y * width + x) * 4
                // Light shows on what is there: it multiplies more than it adds.
                let share = near * near
                pixel[0] *= 1 + color.red * share
                pixel[1] *= 1 + color.green * share
                pixel[2] *= 1 + color.blue * share
            }
        }
    }

    /// Blurs everything by three boxes, which is nearly a Gaussian.
    func blur(radius: Int) {
        guard radius > 0 else { return }
        let scratch = UnsafeMutablePointer<Float>.allocate(capacity: max(width, height) * 4)
        defer { scratch.deallocate() }
        for _ in 0..<3 {
            for y in 0..<height { smooth(pixels + y * width * 4, count: width, stride: 4, radius, scratch) }
            for x in 0..<width { smooth(pixels + x * 4, count: height, stride: width * 4, radius, scratch) }
        }
    }

    private func smooth(
        _ line: UnsafeMutablePointer<Float>, count: Int, stride: Int, _ radius: Int,
        _ scratch: UnsafeMutablePointer<Float>
    ) {
        let share = 1 / Float(2 * radius + 1)
        for channel in 0..<4 {
            var sum: Float = 0
            for index in -radius...radius { sum += line[min(count - 1, max(0, index)) * stride + channel] }
            for index in 0..<count {
                scratch[index] = sum * share
                sum += line[min(count - 1, index + radius + 1) * stride + channel]
                sum -= line[max(0, index - radius) * stride + channel]
            }
            for index in 0..<count { line[index * stride + channel] = scratch[index] }
        }
    }
}
