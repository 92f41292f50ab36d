internal import Foundation

/// The heated bed: an aluminium plate on springs with a textured steel sheet on it.
struct Bed {
    /// Half its edge in millimetres.
    static let half = 117.5

    let draftsman: Draftsman

    func draw() {
        let half = Self.half
        let d = draftsman
        // The carriage under it, the plate, and the sheet with its grip at the front.
        d.box(Vector(-100, -100, -40), Vector(100, 110, -22), .grey(0.035), edge: 0.1)
        for (x, y) in [(-104.0, 104.0), (104, 104), (-104, -104), (104, -104)] {
            d.rod(Vector(x, y, -24), Vector(x, y, -7), radius: 4, [.grey(0.1), .grey(0.5), .grey(0.16), .grey(0.08)])
            d.rod(Vector(x, y, -34), Vector(x, y, -25), radius: 9, [.grey(0.03), .grey(0.12), .grey(0.04)])
        }
        d.box(Vector(-half - 2, -half - 2, -8), Vector(half + 2, half + 2, -2), .grey(0.30), edge: 0.5)
        d.box(Vector(-half, -half, -2), Vector(half, half, -0.2), .grey(0.16), edge: 0)
        sheet()
        clips()
    }

    private func sheet() {
        let half = Self.half
        let origin = Vector(0, 0, 0)
        let corners = [
            (-half + 5, -half), (-20, -half), (-16, -half - 9), (16, -half - 9), (20, -half), (half - 5, -half),
            (half, -half + 5), (half, half - 5), (half - 5, half), (-half + 5, half), (-half, half - 5),
            (-half, -half + 5),
        ]
        let view = draftsman.view
        draftsman.canvas.fill(
            corners.map { view.project(Vector($0.0, $0.1, 0)) },
            PlaneBrush(map: view.map(origin: origin, Vector(1, 0, 0), Vector(0, 1, 0)), surface: Sheet(eye: view.eye)),
            with: draftsman.filler)
        draftsman.line(
            [Vector(-half + 5, -half, 0), Vector(-20, -half, 0)], width: 0.8, .grey(0.5), opacity: 0.6)
        draftsman.line([Vector(20, -half, 0), Vector(half - 5, -half, 0)], width: 0.8, .grey(0.5), opacity: 0.6)
    }

    private func clips() {
        for x in [-70.0, 70] {
            draftsman.box(Vector(x - 9, Self.half - 10, -3), Vector(x + 9, Self.half + 4, 3), .grey(0.05), edge: 0.5)
        }
    }

    /// Powder-coated spring steel with a printed grid.
    private struct Sheet: PlaneSurface {
        let eye: Vector

        func color(_ place: Point) -> LinearColor {
            let (x, y) = (place.x, place.y)
            let position = Vector(x, y, 0)
            let grain = Texture.noise(x * 1.6, y * 1.6, 31) * 0.6 + Texture.noise(x * 0.8, y * 0.8, 32) * 0.4
            let stain = Texture.clouds(x / 55, y / 55, 33)
            // Where prints were pried off, the coat is smoother and paler.
            let wear = Texture.step(
                85, 20, (x * x + y * y).squareRoot() + 30 * (Texture.clouds(x / 18, y / 18, 34) - 0.5))
            var albedo = LinearColor(0.052, 0.050, 0.050) * Float(0.80 + 0.36 * grain + 0.3 * (stain - 0.5))
            albedo = albedo.mixed(with: LinearColor(0.085, 0.081, 0.078), Float(0.35 * wear))
            albedo = albedo.mixed(with: .grey(0.30), Float(print(x, y) * (0.55 + 0.3 * grain)))
            return albedo * Lighting.light(at: position, normal: Vector(0, 0, 1)) + sheen(position, grain, wear)
        }

        /// The grid, its frame and the marks that makers print.
        private func print(_ x: Double, _ y: Double) -> Double {
            func stripe(_ distance: Double, _ half: Double) -> Double {
                1 - Texture.step(half - 0.12, half + 0.35, abs(distance))
            }
            guard abs(x) < 108, abs(y) < 108 else { return 0 }
            let (column, row) = ((x / 20).rounded() * 20, (y / 20).rounded() * 20)
            let isInside = abs(x) < 100.5 && abs(y) < 100.5
            let grid = isInside ? max(stripe(x - column, 0.16), stripe(y - row, 0.16)) * 0.55 : 0
            let frame = max(
                abs(y) < 100.3 ? stripe(abs(x) - 100, 0.3) : 0, abs(x) < 100.3 ? stripe(abs(y) - 100, 0.3) : 0)
            let middle = max(abs(y) < 7 ? stripe(x, 0.3) : 0, abs(x) < 7 ? stripe(y, 0.3) : 0)
            let logo = hypot(x - 78, y + 88)
            let mark =
                logo < 9
                ? max(stripe(logo - 7.5, 0.6), y + 88 > -4 && y + 88 < 4 && abs(x - 78) < 4 - (y + 88) ? 0.9 : 0) : 0
            return max(grid, frame, middle, mark)
        }

        /// The window behind the desk, smeared over the rough coat.
        private func sheen(_ position: Vector, _ grain: Double, _ wear: Double) -> LinearColor {
            let view = (position - eye).normalized
            let mirrored = Vector(view.x, view.y, -view.z)
            let reach = (700 - position.y) / max(0.05, mirrored.y)
            let (hitX, hitZ) = (position.x + mirrored.x * reach - 150, position.z + mirrored.z * reach - 470)
            let window = Texture.step(330, 40, abs(hitX)) * Texture.step(300, 30, abs(hitZ))
            let sparkle = 0.55 + 0.9 * grain * grain
            return LinearColor(0.082, 0.086, 0.092) * Float(window * sparkle * (0.75 + 0.6 * wear))
        }
    }
}
