internal import Foundation

/// The printed part as it looks from the camera, built up layer by layer as the printer builds it.
///
/// The camera looks down on every layer, so each layer can only hide what lies under it: painting them from the bed up
/// is exact, and the picture of one layer more is the last picture with that layer painted over it.
final class PartImage {
    let canvas: Canvas
    let shadow: ShadowMask
    private(set) var part: PartShape?
    private(set) var layersDrawn = 0
    private(set) var columns = 0..<0
    private(set) var rows = 0..<0

    private let filler: PolygonFiller
    private let view: Viewpoint
    private let walls: UnsafeMutablePointer<LinearColor>
    private let depths: UnsafeMutablePointer<Double>

    init(view: Viewpoint, filler: PolygonFiller, width: Int, height: Int) {
        self.view = view
        self.filler = filler
        canvas = Canvas(width: width, height: height)
        shadow = ShadowMask(width: width, height: height)
        walls = .allocate(capacity: width)
        walls.initialize(repeating: .grey(0), count: width)
        depths = .allocate(capacity: width)
        depths.initialize(repeating: 0, count: width)
    }

    deinit {
        walls.deallocate()
        depths.deallocate()
    }

    /// Draws the layers that are missing; begins anew where the part is another or has fewer.
    func show(_ part: PartShape?, layers: Int, of total: Int) {
        if part != self.part || layers < layersDrawn {
            canvas.clear()
            shadow.clear()
            (layersDrawn, columns, rows) = (0, 0..<0, 0..<0)
            self.part = part
        }
        guard let part else { return }
        while layersDrawn < layers {
            draw(layersDrawn, of: total, part)
            layersDrawn += 1
        }
    }

    private func draw(_ layer: Int, of total: Int, _ part: PartShape) {
        let (low, high) = (Double(layer) / Double(total), Double(layer + 1) / Double(total))
        let outline = part.outline(at: high)
        let (bottom, top) = (low * part.height, high * part.height)
        let filament = Filament(number: part.filament)
        shadeBelow(outline, bottom)
        lightWalls(outline, bottom, top, filament, layer, window: part, at: high)
        let brush = ColumnBrush(colors: walls, count: canvas.width)
        // The lower half of a layer bulges out of the light.
        canvas.fill(ring(outline, bottom), brush, with: filler)
        canvas.darken(ring(outline, bottom), by: 0.30, with: filler)
        canvas.fill(ring(outline, bottom + (top - bottom) * 0.42), brush, with: filler)
        let cap = ring(outline, top)
        canvas.fill(
            cap, PlaneBrush(map: level(top), surface: Skin(filament: filament, z: top, layer: layer, eye: view.eye)),
            with: filler)
        extend(over: ring(outline, bottom) + cap)
        shadow.add(outline.map { view.project(Lighting.shadow(of: Vector($0.x, $0.y, top), on: 0)) })
        if layer == 0 { shadow.add(ring(outline.map { ($0.x * 1.05, $0.y * 1.05) }, 0)) }
    }

    /// A wall darkens the ledge that it stands on.
    private func shadeBelow(_ outline: [(x: Double, y: Double)], _ z: Double) {
        for growth in [3.2, 1.6, 0.7] {
            let grown = Self.inset(outline, by: -growth)
            canvas.darken(ring(grown, z), by: 0.035, with: filler)
        }
    }

    /// The light on the wall for each column of the picture, from whichever piece of it is nearest.
    private func lightWalls(
        _ outline: [(x: Double, y: Double)], _ bottom: Double, _ top: Double, _ filament: Filament, _ layer: Int,
        window part: PartShape, at height: Double
    ) {
        for column in 0..<canvas.width { depths[column] = -.infinity }
        // No two layers come out of the nozzle alike.
        let evenness = Float(0.965 + 0.07 * Texture.speck(layer, 5, 77))
        let lean = (top - bottom) > 0 ? 0.10 : 0
        let count = outline.count
        var colors: [LinearColor] = []
        var points: [Point] = []
        for index in 0..<count {
            let (before, after) = (outline[(index + count - 1) % count], outline[(index + 1) % count])
            let normal = Vector(after.y - before.y, before.x - after.x, lean * 10).normalized
            let place = Vector(outline[index].x, outline[index].y, (bottom + top) / 2)
            // Low on the part the bed throws less light back than the air does.
            let nearBed = Float(1 - 0.35 * exp(-bottom / 5))
            var color = filament.color(at: place, normal: normal, eye: view.eye, gloss: 0.22) * (evenness * nearBed)
            if part.isWindow(at: height, x: outline[index].x), normal.y < -0.6 { color = color * 0.12 }
            colors.append(color)
            points.append(view.project(place))
        }
        for index in 0..<count {
            let next = (index + 1) % count
            // Anticlockwise from above, the near walls run from left to right.
            let (from, to) = (points[index], points[next])
            guard to.x > from.x, to.x > 0, from.x < Double(canvas.width) else { continue }
            let first = max(0, Int(from.x))
            let last = min(canvas.width - 1, Int(to.x))
            guard first <= last else { continue }
            for column in first...last {
                let along = min(1, max(0, (Double(column) + 0.5 - from.x) / max(1e-6, to.x - from.x)))
                let depth = from.y + (to.y - from.y) * along
                guard depth > depths[column] else { continue }
                depths[column] = depth
                walls[column] = colors[index].mixed(with: colors[next], Float(along))
            }
        }
    }

    func ring(_ outline: [(x: Double, y: Double)], _ z: Double) -> [Point] {
        outline.map { view.project(Vector($0.x, $0.y, z)) }
    }

    func level(_ z: Double) -> PlaneMap {
        view.map(origin: Vector(0, 0, z), Vector(1, 0, 0), Vector(0, 1, 0))
    }

    private func extend(over points: [Point]) {
        var (left, right, top, bottom) = (Double(canvas.width), 0.0, Double(canvas.height), 0.0)
        for point in points {
            left = min(left, point.x)
            right = max(right, point.x)
            top = min(top, point.y)
            bottom = max(bottom, point.y)
        }
        let newColumns = max(0, Int(left))..<max(Int(max(0, left)), min(canvas.width, Int(right) + 2))
        let newRows = max(0, Int(top))..<max(Int(max(0, top)), min(canvas.height, Int(bottom) + 2))
        columns = columns.isEmpty ? newColumns : columns.union(newColumns)
        rows = rows.isEmpty ? newRows : rows.union(newRows)
    }

    /// An outline moved inwards by a distance.
    static func inset(_ outline: [(x: Double, y: Double)], by distance: Double) -> [(x: Double, y: Double)] {
        let count = outline.count
        return outline.indices.map { index in
            let (before, after) = (outline[(index + count - 1) % count], outline[(index + 1) % count])
            let (dx, dy) = (after.x - before.x, after.y - before.y)
            let length = max(1e-6, hypot(dx, dy))
            return (outline[index].x - dy / length * distance, outline[index].y + dx / length * distance)
        }
    }
}

extension Range<Int> {
    fileprivate func union(_ other: Range<Int>) -> Range<Int> {
        Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
    }
}

/// A closed top, its lines turned by a quarter from layer to layer.
private struct Skin: PlaneSurface {
    let filament: Filament
    let z: Double
    let layer: Int
    let eye: Vector

    func color(_ place: Point) -> LinearColor {
        let along = layer % 2 == 0 ? place.x + place.y : place.x - place.y
        let line = Texture.speck(Int((along * 1.3).rounded(.down)), layer, 5)
        let color = filament.color(at: Vector(place.x, place.y, z), normal: Vector(0, 0, 1), eye: eye, gloss: 0.05)
        return color * Float(0.90 + 0.16 * line)
    }
}
