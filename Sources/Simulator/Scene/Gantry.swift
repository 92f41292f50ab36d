/// The two rails and the beam between them that carry the head, and rise with it.
struct Gantry {
    let draftsman: Draftsman
    let head: HeadPosition

    private static let aluminium = LinearColor(0.085, 0.088, 0.094)
    private static let steel: [LinearColor] = [
        .grey(0.10), .grey(0.34), .grey(0.85), .grey(0.40), .grey(0.16), .grey(0.09),
    ]

    func draw() {
        let d = draftsman
        let z = head.z + 44
        let y = head.y + 30
        // The rails at the sides, from the back to the front.
        for x in [-172.0, 152] {
            d.extrusion(Vector(x, -175, z - 22), Vector(x + 20, 172, z - 2), Self.aluminium, along: .y)
        }
        // What carries them on the screws.
        for x in [-160.0, 160] {
            d.box(Vector(x - 16, 150, z - 24), Vector(x + 16, 176, z + 2), .grey(0.06), edge: 0.6)
            d.disc(Vector(x, 149.8, z - 11), radius: 4, Vector(1, 0, 0), Vector(0, 0, 1), .grey(0.3))
        }
        // Belts run above the beam, the upper one to the motors at the back.
        d.line([Vector(-164, y + 16, z + 6), Vector(164, y + 16, z + 6)], width: 5, .grey(0.025))
        d.extrusion(Vector(-152, y, z - 10), Vector(152, y + 20, z + 10), Self.aluminium, along: .x)
        for x in [-164.0, 164] {
            d.box(Vector(x - 20, y - 6, z - 4), Vector(x + 20, y + 28, z + 1), .grey(0.05), edge: 0.5)
            pulley(Vector(x, y + 14, z + 1))
            d.box(
                Vector(x - 20, y - 6, z + 9), Vector(x + 20, y + 28, z + 12), LinearColor(0.50, 0.14, 0.02), edge: 0.7)
            for (dx, dy) in [(-14.0, 0.0), (14, 0), (-14, 22), (14, 22)] {
                d.disc(Vector(x + dx, y + dy, z + 12.1), radius: 2.2, Vector(1, 0, 0), Vector(0, 1, 0), .grey(0.22))
                d.disc(Vector(x + dx, y + dy, z + 12.2), radius: 1, Vector(1, 0, 0), Vector(0, 1, 0), .grey(0.02))
            }
        }
        rail(y, z)
        d.line([Vector(-150, y - 7, z + 7), Vector(150, y - 7, z + 7)], width: 4.5, .grey(0.03))
    }

    /// A toothed wheel between its plates.
    private func pulley(_ foot: Vector) {
        draftsman.rod(
            foot, foot + Vector(0, 0, 8), radius: 7, [.grey(0.15), .grey(0.6), .grey(0.9), .grey(0.4), .grey(0.2)])
    }

    /// The steel rail on the beam's front, with its screws, and the rod below it.
    private func rail(_ y: Double, _ z: Double) {
        let d = draftsman
        d.box(Vector(-148, y - 6, z - 5), Vector(148, y, z + 4), .grey(0.42), edge: 0.8)
        for index in 0..<12 {
            let x = -137.5 + Double(index) * 25
            d.disc(Vector(x, y - 6.1, z - 0.5), radius: 2, Vector(1, 0, 0), Vector(0, 0, 1), .grey(0.05))
        }
        d.rod(Vector(-150, y - 4, z - 16), Vector(150, y - 4, z - 16), radius: 3.6, Self.steel)
    }
}
