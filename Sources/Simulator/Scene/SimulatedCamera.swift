internal import Foundation
package import NIOCore
package import Vocabulary

/// The camera that looks at a ``SimulatedPrinter``: JPEGs of a rendered scene.
///
/// The same printer, time and picture number always give the same bytes. It keeps what does not change between pictures, so
/// it belongs to one task at a time, and pictures in the order of time are the quickest.
package final class SimulatedCamera {
    package let size: PixelSize
    private let encoder: JPEGEncoder
    private let view: Viewpoint
    private let filler: PolygonFiller
    private let room: Canvas
    private let frame: Canvas
    private let part: PartImage
    private let bed: ShadowMask
    private let shadow: ShadowMask
    private let sensor: Sensor
    private let seed: UInt64
    private let pixels: UnsafeMutablePointer<UInt8>

    /// - Throws: ``SimulatorError/settings(reason:)``, ``SimulatorError/encoding(reason:)``
    package init(_ settings: SimulatorSettings = SimulatorSettings()) throws(SimulatorError) {
        try settings.check()
        let (width, height) = (settings.pictureSize.width, settings.pictureSize.height)
        size = settings.pictureSize
        seed = settings.seed
        encoder = try JPEGEncoder(quality: settings.jpegQuality)
        view = Viewpoint(
            eye: Vector(-70, -352, 205), target: Vector(2, 6, 36), fieldOfView: 49, width: width, height: height)
        filler = PolygonFiller(width: width, height: height)
        room = Canvas(width: width, height: height)
        frame = Canvas(width: width, height: height)
        part = PartImage(view: view, filler: filler, width: width, height: height)
        bed = ShadowMask(width: width, height: height)
        shadow = ShadowMask(width: width, height: height)
        sensor = Sensor(seed: settings.seed)
        pixels = .allocate(capacity: width * height * 3)
        let still = Draftsman(canvas: room, filler: filler, view: view)
        Room(draftsman: still).draw()
        PrinterFrame(draftsman: still).draw()
        Bed(draftsman: still).draw()
        bed.add(
            [(-1.0, -1.0), (1, -1), (1, 1), (-1, 1)].map { view.project(Vector($0.0 * Bed.half, $0.1 * Bed.half, 0)) })
    }

    deinit { pixels.deallocate() }

    /// The picture of a printer after that much simulated time.
    ///
    /// - Parameters:
    ///   - number: tells the noise of pictures apart.
    ///   - tagged: whether the boxes of a failure detection are drawn in.
    /// - Throws: ``SimulatorError/encoding(reason:)``
    package func picture(
        of printer: SimulatedPrinter, at elapsed: Duration, number: Int, tagged: Bool = false
    ) throws(SimulatorError) -> ByteBuffer {
        let moment = printer.moment(at: elapsed)
        let head = printer.headPosition(at: elapsed)
        let shape = moment.number.map { printer.part(of: $0) }
        let (done, share) = printer.layer(of: moment)
        part.show(shape, layers: done, of: printer.layers)

        frame.copy(room)
        let draftsman = Draftsman(canvas: frame, filler: filler, view: view)
        purgeLine(printer, moment, shape, draftsman)
        castShadows(head)
        if let shape {
            frame.lay(part.canvas, columns: part.columns, rows: part.rows)
            if moment.phase == .printing || moment.progress < 1, moment.phase != .warmingUp {
                TopLayer(image: part, canvas: frame, filler: filler, view: view, part: shape, total: printer.layers)
                    .draw(done: done, share: share)
            }
        }
        let isHot = moment.phase.isActive
        if isHot {
            let tip = Vector(head.x, head.y, head.z)
            frame.glow(view.project(tip), radius: 46 * view.scale(at: tip), LinearColor(0.34, 0.36, 0.38))
        }
        Gantry(draftsman: draftsman, head: head).draw()
        var random = RandomNumbers(seed: seed, 0xfa4, UInt64(truncatingIfNeeded: number))
        PrintHead(
            draftsman: draftsman, head: head, isHot: isHot, fanAngle: isHot ? random.unit() * 2 * .pi : 0.4
        ).draw()

        sensor.expose(
            frame, Sensor.Exposure(at: elapsed, number: number, seed: seed), number: number, seed: seed, into: pixels)
        if tagged, let shape {
            DetectionBoxes(size: size, pixels: pixels).draw(
                around: part.columns, part.rows, number: number, seed: seed, isBoat: shape.model == .boat)
        }
        return try encoder.encode(pixels, size: size)
    }

    private func purgeLine(
        _ printer: SimulatedPrinter, _ moment: PrintMoment, _ shape: PartShape?, _ draftsman: Draftsman
    ) {
        guard let shape else { return }
        let (from, to) = SimulatedPrinter.purge
        var end = to.x
        if moment.phase == .warmingUp {
            let head = printer.warmingUpHead(moment)
            guard head.y == from.y, head.x > from.x else { return }
            end = head.x
        }
        let color = Filament(number: shape.filament).color(
            at: Vector(0, from.y, 0), normal: Vector(0, -0.3, 0.95).normalized, eye: view.eye)
        draftsman.line([Vector(from.x, from.y, 0.2), Vector(end, to.y, 0.2)], width: 1.3, color)
    }

    /// On the bed: the part's shadow, grown with it, and those of head and beam, softer the higher they are.
    private func castShadows(_ head: HeadPosition) {
        shadow.copy(part.shadow)
        shadow.clip(to: bed)
        shadow.blur(radius: 7 * view.scale(at: Vector(0, 0, 0)))
        shadow.apply(to: frame, strength: 0.75)

        shadow.clear()
        let (x, y, z) = (head.x, head.y, head.z)
        addBox(Vector(x - 25, y - 18, z + 22), Vector(x + 25, y + 26, z + 88))
        addBox(Vector(-150, y + 28, z + 34), Vector(150, y + 50, z + 54))
        shadow.clip(to: bed)
        shadow.blur(radius: (7 + z * 0.10) * view.scale(at: Vector(0, 0, 0)))
        shadow.apply(to: frame, strength: Float(0.6 / (1 + z / 200)))
    }

    private func addBox(_ low: Vector, _ high: Vector) {
        func corner(_ x: Double, _ y: Double, _ z: Double) -> Point {
            view.project(Lighting.shadow(of: Vector(x, y, z), on: 0))
        }
        for z in [low.z, high.z] {
            shadow.add([
                corner(low.x, low.y, z), corner(high.x, low.y, z), corner(high.x, high.y, z), corner(low.x, high.y, z),
            ])
        }
        for (a, b) in [
            ((low.x, low.y), (high.x, low.y)), ((high.x, low.y), (high.x, high.y)), ((high.x, high.y), (low.x, high.y)),
            ((low.x, high.y), (low.x, low.y)),
        ] {
            shadow.add([
                corner(a.0, a.1, low.z), corner(b.0, b.1, low.z), corner(b.0, b.1, high.z), corner(a.0, a.1, high.z),
            ])
        }
    }
}
