internal import Foundation

/// What only the uppermost layer shows: walls, infill, and the lines that were just laid.
struct TopLayer {
    let image: PartImage
    let canvas: Canvas
    let filler: PolygonFiller
    let view: Viewpoint
    let part: PartShape
    let total: Int

    /// - Parameter share: how much of the next layer is there.
    func draw(done: Int, share: Double) {
        guard done < total else { return }
        let filament = Filament(number: part.filament)
        if done > 0 {
            let z = Double(done) / Double(total) * part.height
            let inside = PartImage.inset(part.outline(at: Double(done) / Double(total)), by: 1.5)
            canvas.fill(
                image.ring(inside, z),
                PlaneBrush(
                    map: image.level(z),
                    surface: Infill(filament: filament, z: z, eye: view.eye, pixel: 1 / view.scale(at: Vector(0, 0, z)))
                ),
                opacity: 0.94, with: filler)
        }
        freshLines(share, at: Double(done + 1) / Double(total), filament)
    }

    /// The outer wall of the next layer, as far as the nozzle has come.
    private func freshLines(_ share: Double, at height: Double, _ filament: Filament) {
        let outline = part.outline(at: min(1, height))
        let z = height * part.height
        let laid = max(2, Int(min(1, share / 0.4) * Double(outline.count)))
        for inset in [1.2, 0.4] {
            let path = (PartImage.inset(outline, by: inset) + [outline[0]]).prefix(laid).map { Vector($0.x, $0.y, z) }
            let points = path.map(view.project)
            let halves = path.map { 0.42 * view.scale(at: $0) }
            let color = filament.color(at: Vector(0, 0, z), normal: Vector(0, 0, 1), eye: view.eye)
            canvas.fill(
                Draftsman.stroke(points, halves), SolidBrush(color * (inset < 1 ? 1.18 : 1.0)), opacity: 0.85,
                with: filler)
        }
    }
}

/// A grid of thin walls with dark cells between them.
private struct Infill: PlaneSurface {
    let filament: Filament
    let z: Double
    let eye: Vector
    /// The size of a pixel in millimetres.
    let pixel: Double

    func color(_ place: Point) -> LinearColor {
        let spacing = 6.5
        let (a, b) = ((place.x + place.y) * 0.7071, (place.x - place.y) * 0.7071)
        func wall(_ value: Double) -> Double {
            let distance = abs(value - (value / spacing).rounded() * spacing)
            return 1 - Texture.step(0.38, 0.38 + max(0.3, pixel), distance)
        }
        let solid = max(wall(a), wall(b))
        // The far walls of a cell catch the light, its depth does not.
        let depth = (b / spacing).rounded() * spacing - b
        let cell = 0.20 + 0.14 * Texture.step(-3, 3, depth)
        let lit = filament.color(at: Vector(place.x, place.y, z), normal: Vector(0, 0, 1), eye: eye, gloss: 0.03)
        return lit * Float(cell + (0.98 - cell) * solid)
    }
}
