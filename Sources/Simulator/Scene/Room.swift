internal import Foundation

/// What lies behind and under the printer, out of focus.
struct Room {
    let draftsman: Draftsman

    func draw() {
        let canvas = draftsman.canvas
        wall()
        shelf()
        canvas.blur(radius: max(1, canvas.width / 110))
        desk()
        canvas.blur(radius: max(1, canvas.width / 420))
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
        plane(Vector(0, 900, 0), Vector(1, 0, 0), Vector(0, 0, 1), Wall(), [(-2500, -900), (2500, -900), (2500, 1800), (-2500, 1800)])
    }

    private func shelf() {
        let d = draftsman
        // A bookcase, spools and a monitor, as far behind as they are out of focus.
        d.face(
            [Vector(-560, 850, -60), Vector(-200, 850, -60), Vector(-200, 850, 420), Vector(-560, 850, 420)],
            LinearColor(0.16, 0.10, 0.06), normal: Vector(0, -1, 0))
        let spines: [LinearColor] = [
            LinearColor(0.5, 0.1, 0.08), LinearColor(0.1, 0.2, 0.4), LinearColor(0.6, 0.55, 0.4),
            LinearColor(0.08, 0.25, 0.15), LinearColor(0.45, 0.3, 0.1), LinearColor(0.15, 0.15, 0.17),
        ]
        for board in 0..<3 {
            for book in 0..<9 {
                let left = -545.0 + Double(book) * 37
                let bottom = -40.0 + Double(board) * 155
                let tall = 88 + 40 * Texture.speck(book, board, 3)
                d.face(
                    [
                        Vector(left, 845, bottom), Vector(left + 33, 845, bottom),
                        Vector(left + 33, 845, bottom + tall), Vector(left, 845, bottom + tall),
                    ], spines[(book * 5 + board * 2) % spines.count], normal: Vector(0, -1, 0))
            }
        }
        d.face(
            [Vector(250, 850, 60), Vector(620, 850, 60), Vector(620, 850, 290), Vector(250, 850, 290)],
            .grey(0.03), normal: Vector(0, -1, 0))
        d.canvas.fill(
            [Vector(262, 845, 74), Vector(608, 845, 74), Vector(608, 845, 278), Vector(262, 845, 278)].map(d.view.project),
            SolidBrush(LinearColor(0.20, 0.34, 0.48)), with: d.filler)
        for (x, color) in [(-90.0, LinearColor(0.65, 0.3, 0.05)), (20, LinearColor(0.1, 0.35, 0.3))] {
            d.disc(Vector(x, 840, 15), radius: 62, Vector(1, 0, 0), Vector(0, 0, 1), color * 0.6)
            d.disc(Vector(x, 838, 15), radius: 30, Vector(1, 0, 0), Vector(0, 0, 1), .grey(0.05))
        }
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
            Vector(0, 0, -62), Vector(1, 0, 0), Vector(0, 1, 0), Desk(), [(-1500, -300), (1500, -300), (1500, 560), (-1500, 560)])
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
