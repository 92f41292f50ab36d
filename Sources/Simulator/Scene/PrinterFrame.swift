/// What stands still: base, uprights, and the beams behind.
struct PrinterFrame {
    let draftsman: Draftsman

    private static let aluminium = LinearColor(0.075, 0.078, 0.083)

    func draw() {
        let d = draftsman
        // Base beams behind and at the sides, then the uprights with their lead screws.
        d.extrusion(Vector(-190, 170, -58), Vector(190, 190, -38), Self.aluminium, along: .x)
        d.extrusion(Vector(-190, -190, -58), Vector(-170, 190, -38), Self.aluminium, along: .y)
        d.extrusion(Vector(170, -190, -58), Vector(190, 190, -38), Self.aluminium, along: .y)
        d.box(Vector(-168, -150, -57), Vector(168, 168, -50), .grey(0.02), edge: 0)
        for x in [-190.0, 170] {
            d.extrusion(Vector(x, 170, -38), Vector(x + 20, 190, 520), Self.aluminium, along: .z)
        }
        for x in [-160.0, 160] {
            // A trapezoidal screw in its motor's coupling.
            d.box(Vector(x - 17, 150, -50), Vector(x + 17, 184, -14), .grey(0.05), edge: 0.4)
            d.rod(
                Vector(x, 166, -14), Vector(x, 166, 4), radius: 7, [.grey(0.2), .grey(0.75), .grey(0.35), .grey(0.15)])
            d.rod(
                Vector(x, 166, 4), Vector(x, 166, 520), radius: 4, [.grey(0.12), .grey(0.62), .grey(0.28), .grey(0.1)])
            for turn in 0..<110 {
                let z = 6 + Double(turn) * 4
                d.line([Vector(x - 4, 162, z), Vector(x + 4, 162, z + 1.6)], width: 0.9, .grey(0.05), opacity: 0.55)
            }
        }
    }
}

enum Axis { case x, y, z }

extension Draftsman {
    /// A slotted aluminium beam.
    func extrusion(_ low: Vector, _ high: Vector, _ albedo: LinearColor, along axis: Axis) {
        box(low, high, albedo, edge: 0.5)
        let middle = (low + high) * 0.5
        func groove(_ from: Vector, _ to: Vector) {
            line([from, to], width: 6, albedo * 0.28)
            line(
                [from, to].map { $0 + Vector(0, 0, axis == .z ? 0 : -2.6) + Vector(axis == .z ? 2.6 : 0, 0, 0) },
                width: 0.7, albedo * 1.6)
        }
        switch axis {
        case .x:
            groove(Vector(low.x, low.y, middle.z), Vector(high.x, low.y, middle.z))
            groove(Vector(low.x, middle.y, high.z), Vector(high.x, middle.y, high.z))
        case .y:
            let x = view.eye.x < low.x ? low.x : high.x
            groove(Vector(x, low.y, middle.z), Vector(x, high.y, middle.z))
            groove(Vector(middle.x, low.y, high.z), Vector(middle.x, high.y, high.z))
        case .z:
            groove(Vector(middle.x, low.y, low.z), Vector(middle.x, low.y, high.z))
            let x = view.eye.x < low.x ? low.x : high.x
            groove(Vector(x, middle.y, low.z), Vector(x, middle.y, high.z))
        }
    }
}
