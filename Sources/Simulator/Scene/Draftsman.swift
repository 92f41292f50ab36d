internal import Foundation

/// Draws solid things, seen from one viewpoint and lit by the room's lights, onto a canvas.
struct Draftsman {
    let canvas: Canvas
    let filler: PolygonFiller
    let view: Viewpoint

    /// A flat face, lit by what its first three corners get.
    func face(_ corners: [Vector], _ albedo: LinearColor, normal: Vector, opacity: Float = 1) {
        guard corners.count > 2 else { return }
        let points = corners.map(view.project)
        let colors = corners.prefix(3).map { albedo * Lighting.light(at: $0, normal: normal) }
        let brush = GradientBrush((points[0], points[1], points[2]), (colors[0], colors[1], colors[2]))
        canvas.fill(points, brush, opacity: opacity, with: filler)
    }

    /// A box with its edges broken, so that they catch the light.
    func box(_ low: Vector, _ high: Vector, _ albedo: LinearColor, edge: Float = 0.35) {
        func corner(_ x: Int, _ y: Int, _ z: Int) -> Vector {
            Vector(x == 0 ? low.x : high.x, y == 0 ? low.y : high.y, z == 0 ? low.z : high.z)
        }
        let eye = view.eye
        var outlines: [[Vector]] = []
        func side(_ normal: Vector, _ corners: [Vector], visible: Bool) {
            guard visible else { return }
            face(corners, albedo, normal: normal)
            outlines.append(corners)
        }
        side(
            Vector(0, 1, 0), [corner(0, 1, 0), corner(1, 1, 0), corner(1, 1, 1), corner(0, 1, 1)],
            visible: eye.y > high.y)
        side(
            Vector(0, 0, -1), [corner(0, 0, 0), corner(1, 0, 0), corner(1, 1, 0), corner(0, 1, 0)],
            visible: eye.z < low.z)
        side(
            Vector(-1, 0, 0), [corner(0, 0, 0), corner(0, 1, 0), corner(0, 1, 1), corner(0, 0, 1)],
            visible: eye.x < low.x)
        side(
            Vector(1, 0, 0), [corner(1, 0, 0), corner(1, 1, 0), corner(1, 1, 1), corner(1, 0, 1)],
            visible: eye.x > high.x)
        side(
            Vector(0, 0, 1), [corner(0, 0, 1), corner(1, 0, 1), corner(1, 1, 1), corner(0, 1, 1)],
            visible: eye.z > high.z)
        side(
            Vector(0, -1, 0), [corner(0, 0, 0), corner(1, 0, 0), corner(1, 0, 1), corner(0, 0, 1)],
            visible: eye.y < low.y)
        guard edge > 0 else { return }
        let shine = albedo * 1.25 + .grey(0.03)
        for corners in outlines {
            for index in corners.indices {
                let (from, to) = (corners[index], corners[(index + 1) % corners.count])
                guard from.z >= high.z - 0.01 || to.z >= high.z - 0.01 else { continue }
                line([from, to], width: 0.8, shine, opacity: edge * 0.6)
            }
        }
    }

    /// A line of a width in millimetres.
    func line(_ path: [Vector], width: Double, _ color: LinearColor, opacity: Float = 1) {
        let points = path.map(view.project)
        let widths = path.map { width * view.scale(at: $0) / 2 }
        canvas.fill(Self.stroke(points, widths), SolidBrush(color), opacity: opacity, with: filler)
    }

    /// A round rod between two points, with the highlight of what it is made of.
    func rod(_ from: Vector, _ to: Vector, radius: Double, _ colors: [LinearColor]) {
        let points = [from, to].map(view.project)
        let outline = Self.stroke(points, [from, to].map { radius * view.scale(at: $0) })
        guard outline.count == 4 else { return }
        canvas.fill(outline, AcrossBrush(from: outline[0], to: outline[3], colors), with: filler)
    }

    /// A bent cable: its dark rim, its body and a highlight along its upper side.
    func cable(_ path: [Vector], radius: Double, _ color: LinearColor, shine: Float = 0.5) {
        line(path, width: radius * 2, color * 0.55)
        line(path.map { $0 + Vector(-0.1, 0, 0.12) * radius }, width: radius * 1.5, color)
        line(
            path.map { $0 + Vector(-0.25, 0, 0.4) * radius }, width: radius * 0.45, color * 2.2 + .grey(0.03),
            opacity: shine)
    }

    /// A level or upright disc.
    func disc(_ center: Vector, radius: Double, _ u: Vector, _ v: Vector, _ color: LinearColor, opacity: Float = 1) {
        canvas.fill(
            ring(center, radius: radius, u, v), SolidBrush(color), opacity: opacity, with: filler)
    }

    func ring(_ center: Vector, radius: Double, _ u: Vector, _ v: Vector, points: Int = 36) -> [Point] {
        (0..<points).map { index in
            let angle = Double(index) / Double(points) * 2 * .pi
            return view.project(center + u * (radius * cos(angle)) + v * (radius * sin(angle)))
        }
    }

    /// Points along a cubic Bézier curve.
    static func curve(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector, pieces: Int = 24) -> [Vector] {
        (0...pieces).map { index in
            let t = Double(index) / Double(pieces)
            let s = 1 - t
            return a * (s * s * s) + b * (3 * s * s * t) + c * (3 * s * t * t) + d * (t * t * t)
        }
    }

    /// The outline of a line: there along one side and back along the other.
    static func stroke(_ points: [Point], _ halves: [Double]) -> [Point] {
        guard points.count > 1 else { return [] }
        var (left, right): ([Point], [Point]) = ([], [])
        for index in points.indices {
            let before = points[max(0, index - 1)]
            let after = points[min(points.count - 1, index + 1)]
            let (dx, dy) = (after.x - before.x, after.y - before.y)
            let length = max(1e-6, (dx * dx + dy * dy).squareRoot())
            let (nx, ny) = (-dy / length * halves[index], dx / length * halves[index])
            left.append(Point(points[index].x + nx, points[index].y + ny))
            right.append(Point(points[index].x - nx, points[index].y - ny))
        }
        return left + right.reversed()
    }
}
