internal import Foundation

/// The print head: nozzle, heater, fans, extruder and the cables that follow it.
struct PrintHead {
    let draftsman: Draftsman
    let head: HeadPosition
    /// Whether nozzle and lamps are on.
    let isHot: Bool
    /// How far the fan has turned, in radians.
    let fanAngle: Double

    private static let shell = LinearColor(0.040, 0.041, 0.044)
    private static let accent = LinearColor(0.62, 0.17, 0.02)

    func draw() {
        cables()
        hotEnd()
        body()
        fan()
        extruder()
    }

    private func at(_ x: Double, _ y: Double, _ z: Double) -> Vector {
        Vector(head.x + x, head.y + y, head.z + z)
    }

    /// The cable loom and the filament's tube, both hung from above the back.
    private func cables() {
        let d = draftsman
        let top = at(8, 16, 92)
        let anchor = Vector(60, 185, max(250, head.z + 150))
        let sag = Vector((top.x + anchor.x) / 2, (top.y + anchor.y) / 2 + 10, max(top.z, anchor.z) + 26)
        d.cable(Draftsman.curve(top, top + Vector(0, 6, 60), sag, anchor), radius: 5.5, .grey(0.018))
        let feed = at(-6, 4, 96)
        let spool = Vector(-110, 230, 430)
        d.cable(
            Draftsman.curve(feed, feed + Vector(-2, 2, 80), spool + Vector(60, -60, 20), spool), radius: 2.1,
            LinearColor(0.30, 0.30, 0.29))
    }

    private func hotEnd() {
        let d = draftsman
        // Heat break, block in its silicone sock, nozzle.
        d.rod(at(0, 0, 14), at(0, 0, 24), radius: 4, [.grey(0.15), .grey(0.6), .grey(0.25), .grey(0.12)])
        d.box(at(-10, -8, 6.5), at(12, 8, 16), LinearColor(0.06, 0.075, 0.10), edge: 0.4)
        d.cable(
            Draftsman.curve(at(12, 0, 11), at(20, 0, 9), at(21, 4, 18), at(18, 8, 24)), radius: 1.1,
            LinearColor(0.5, 0.08, 0.05))
        let tip = at(0, 0, 0.2)
        let view = d.view
        let scale = view.scale(at: tip)
        let (low, high) = (view.project(tip), view.project(at(0, 0, 6.5)))
        let (narrow, wide) = (0.9 * scale, 4.2 * scale)
        d.canvas.fill(
            [
                Point(low.x - narrow, low.y), Point(low.x + narrow, low.y), Point(high.x + wide, high.y + 3 * scale),
                Point(high.x + wide, high.y), Point(high.x - wide, high.y), Point(high.x - wide, high.y + 3 * scale),
            ],
            AcrossBrush(
                from: Point(high.x - wide, high.y), to: Point(high.x + wide, high.y),
                [
                    LinearColor(0.16, 0.10, 0.03), LinearColor(0.75, 0.52, 0.2), LinearColor(0.5, 0.33, 0.1),
                    LinearColor(0.18, 0.11, 0.03),
                ]), with: d.filler)
    }

    private func body() {
        let d = draftsman
        // The carriage on the rail, the shell in front of it, the ducts that blow at the nozzle.
        d.box(at(-24, 12, 20), at(24, 26, 66), .grey(0.05), edge: 0.3)
        for side in [-1.0, 1] {
            let outer = 25 * side
            d.face(
                [at(outer, -14, 26), at(outer, 6, 26), at(9 * side, 2, 4.5), at(9 * side, -8, 4.5)],
                Self.shell * 0.8, normal: Vector(side, 0, 0))
            d.face(
                [at(outer, -14, 26), at(14 * side, -14, 26), at(7 * side, -9, 4.5), at(11 * side, -9, 4.5)],
                Self.shell * 1.5, normal: Vector(0, -0.95, -0.3))
            d.line([at(outer, -14, 26), at(11 * side, -9, 4.5)], width: 0.7, .grey(0.12), opacity: 0.7)
        }
        d.box(at(-25, -15, 24), at(25, 14, 72), Self.shell, edge: 0.6)
        // Seams where the shell is screwed together, and vents at its side.
        d.line([at(-25, -15.1, 27), at(25, -15.1, 27)], width: 0.6, .grey(0.008))
        for row in 0..<5 {
            let z = 38.0 + Double(row) * 5
            d.line([at(-25.1, -8, z), at(-25.1, 8, z)], width: 1.6, .grey(0.006))
        }
        d.box(at(-21, -18, 27), at(21, -15, 69), Self.accent, edge: 0.7)
        for (x, z) in [(-18.0, 30.0), (18, 30), (-18, 66), (18, 66)] {
            d.disc(at(x, -18.1, z), radius: 1.7, Vector(1, 0, 0), Vector(0, 0, 1), .grey(0.25))
            d.disc(at(x, -18.2, z), radius: 0.8, Vector(1, 0, 0), Vector(0, 0, 1), .grey(0.03))
        }
        if isHot {
            for x in [-12.0, 12] {
                d.disc(
                    at(x, -15.5, 24.5), radius: 1.1, Vector(1, 0, 0), Vector(0, 0.4, 0.9), LinearColor(1.5, 1.55, 1.6))
            }
        }
    }

    /// The part-cooling fan in the front plate: frame, blades smeared by the exposure, hub.
    private func fan() {
        let d = draftsman
        let (u, v) = (Vector(1, 0, 0), Vector(0, 0, 1))
        let center = at(0, -18.3, 48)
        d.disc(center, radius: 16.8, u, v, Self.accent * 0.45)
        d.disc(center, radius: 16, u, v, .grey(0.012))
        for blade in 0..<7 {
            let start = fanAngle + Double(blade) / 7 * 2 * .pi
            for ghost in 0..<3 {
                let points = [0.0, 0.5, 0.62, 0.1].enumerated().map { index, turn in
                    let angle = start + turn + Double(ghost) * 0.22
                    let radius = index == 0 || index == 3 ? 6.0 : 15.0
                    return d.view.project(center + u * (radius * cos(angle)) + v * (radius * sin(angle)))
                }
                d.canvas.fill(points, SolidBrush(.grey(0.085)), opacity: 0.3, with: d.filler)
            }
        }
        d.disc(center, radius: 6.2, u, v, .grey(0.05))
        d.disc(center, radius: 4.8, u, v, LinearColor(0.42, 0.42, 0.40))
        d.disc(center + Vector(-1, 0, 1.4), radius: 1.6, u, v, LinearColor(0.08, 0.1, 0.3))
        for radius in [9.0, 12.6] {
            let ring = d.ring(center + Vector(0, -0.6, 0), radius: radius, u, v)
            let closed = ring + [ring[0]]
            d.canvas.fill(
                Draftsman.stroke(closed, closed.map { _ in 0.45 * d.view.scale(at: center) }), SolidBrush(.grey(0.05)),
                with: d.filler)
        }
    }

    private func extruder() {
        let d = draftsman
        d.box(at(-20, -10, 72), at(20, 14, 88), Self.shell * 1.3, edge: 0.6)
        d.box(at(-6, -17, 73), at(18, -10, 88), .grey(0.07), edge: 0.5)
        let gear = at(6, -17.2, 80.5)
        d.disc(gear, radius: 6, Vector(1, 0, 0), Vector(0, 0, 1), .grey(0.02))
        d.disc(gear, radius: 5, Vector(1, 0, 0), Vector(0, 0, 1), LinearColor(0.5, 0.36, 0.14))
        d.disc(gear, radius: 1.4, Vector(1, 0, 0), Vector(0, 0, 1), .grey(0.05))
        d.box(at(-18, -6, 88), at(-2, 10, 94), Self.accent * 0.9, edge: 0.6)
        d.disc(
            at(-16, -10.2, 76), radius: 1.1, Vector(1, 0, 0), Vector(0, 0, 1),
            isHot ? LinearColor(0.2, 1.6, 0.3) : .grey(0.05))
    }
}
