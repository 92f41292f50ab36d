internal import Foundation

/// What lies behind and under the printer, out of focus.
struct Room {
    let draftsman: Draftsman

    func draw() {
        let canvas = draftsman.canvas
        wall()
        desk()
        clutter()
        canvas.blur(radius: max(1, canvas.width / 180))
    }

    private func wall() {
        struct Wall: PlaneSurface {
            func color(_ place: Point) -> LinearColor {
                // Light from the window falls off to the right; plaster is never quite even.
                let fall = 0.62 - 0.30 * Texture.step(-700, 900, place.x)
                let height = 0.75 + 0.35 * Texture.step(-100, 700, place.y)
                let plaster = 0.95 + 0.1 * Texture.clouds(place.x / 160, place.y / 160, 11)
                return LinearColor(0.50, 0.47, 0.43) * Float(fall * height * plaster)
            }
        }
        plane(
            Vector(0, 900, 0), Vector(1, 0, 0), Vector(0, 0, 1), Wall(),
            [(-2500, -900), (2500, -900), (2500, 1800), (-2500, 1800)])
    }

    /// What stands at the back of the desk: spools, a box, tools in a cup, and a monitor that is on.
    private func clutter() {
        let d = draftsman
        let (u, v) = (Vector(1, 0, 0), Vector(0, 0, 1))
        for (x, y, color) in [
            (-250.0, 420.0, LinearColor(0.70, 0.30, 0.05)), (-120, 470, LinearColor(0.03, 0.32, 0.34)),
            (375, 430, LinearColor(0.5, 0.04, 0.05)),
        ] {
            d.disc(Vector(x + 12, y + 50, 8), radius: 70, u, v, .grey(0.03))
            d.disc(Vector(x, y, 8), radius: 70, u, v, .grey(0.05))
            d.disc(Vector(x, y - 1, 8), radius: 60, u, v, color * 0.5)
            d.disc(Vector(x, y - 2, 8), radius: 30, u, v, .grey(0.05))
            d.disc(Vector(x, y - 3, 8), radius: 16, u, v, .grey(0.012))
        }
        d.box(Vector(90, 400, -62), Vector(230, 500, 66), LinearColor(0.42, 0.29, 0.17), edge: 0.2)
        d.box(Vector(150, 399, -62), Vector(172, 501, 67), LinearColor(0.55, 0.43, 0.27), edge: 0)
        for (x, lean, color) in [
            (28.0, -12.0, LinearColor(0.6, 0.5, 0.05)), (40, 4, LinearColor(0.1, 0.15, 0.4)),
            (50, 14, LinearColor(0.5, 0.06, 0.05)),
        ] {
            d.line([Vector(x, 440, 0), Vector(x + lean, 440, 110)], width: 9, color)
        }
        d.rod(Vector(40, 432, -62), Vector(40, 432, 30), radius: 26, [.grey(0.1), .grey(0.3), .grey(0.24), .grey(0.1)])
        d.box(Vector(-620, 480, 10), Vector(-330, 500, 210), .grey(0.02), edge: 0)
        d.canvas.fill(
            [Vector(-608, 478, 24), Vector(-342, 478, 24), Vector(-342, 478, 198), Vector(-608, 478, 198)].map(
                d.view.project),
            SolidBrush(LinearColor(0.16, 0.30, 0.46)), with: d.filler)
    }

    private func desk() {
        struct Desk: PlaneSurface {
            func color(_ place: Point) -> LinearColor {
                let grain = Texture.clouds(place.x / 170, place.y / 9, 21, octaves: 3)
                let board = 0.9 + 0.2 * Texture.speck(Int((place.y / 120).rounded(.down)), 0, 9)
                let wood = LinearColor(0.30, 0.19, 0.11) * Float((0.75 + 0.4 * grain) * board)
                // Under the printer it is dark.
                let under = 1 - 0.72 * Texture.step(290, 120, max(abs(place.x), abs(place.y - 10)))
                return wood * Lighting.light(at: Vector(place.x, place.y, -62), normal: Vector(0, 0, 1)) * Float(under)
            }
        }
        plane(
            Vector(0, 0, -62), Vector(1, 0, 0), Vector(0, 1, 0), Desk(),
            [(-1500, -300), (1500, -300), (1500, 560), (-1500, 560)])
    }

    private func plane(
        _ origin: Vector, _ u: Vector, _ v: Vector, _ surface: some PlaneSurface, _ corners: [(Double, Double)]
    ) {
        let view = draftsman.view
        draftsman.canvas.fill(
            corners.map { view.project(origin + u * $0.0 + v * $0.1) },
            PlaneBrush(map: view.map(origin: origin, u, v), surface: surface), with: draftsman.filler)
    }
}
