internal import Foundation

/// Where the nozzle is, in millimetres: x to the right, y away from the camera, z up, from the middle of the bed.
package struct HeadPosition: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var z: Double

    package init(x: Double, y: Double, z: Double) {
        (self.x, self.y, self.z) = (x, y, z)
    }
}

extension SimulatedPrinter {
    static let parked = HeadPosition(x: -98, y: 92, z: 46)
    /// The purge line at the front edge of the bed, from left to right.
    static let purge = (from: HeadPosition(x: -96, y: -101, z: 0.3), to: HeadPosition(x: 20, y: -101, z: 0.3))
    /// The share of the warm-up after which the purge line begins.
    static let purgeStart = 0.7

    /// The part that a print makes.
    func part(of print: Int) -> PartShape { PartShape(seed: seed, print: print) }

    /// Layers that are done, and how much of the one that is being printed.
    func layer(of moment: PrintMoment) -> (done: Int, share: Double) {
        let exact = moment.progress * Double(layers)
        let done = min(layers, Int(exact))
        return (done, exact - Double(done))
    }

    /// Where the nozzle is after that much simulated time.
    ///
    /// On each layer it goes once around the outline and then to and fro across the inside. Parked, it stands at the back left.
    package func headPosition(at elapsed: Duration) -> HeadPosition {
        let moment = moment(at: elapsed)
        switch moment.phase {
        case .idle:
            return Self.parked
        case .finished:
            let top = Double(layer(of: moment).done) / Double(layers) * (moment.number.map { part(of: $0).height } ?? 0)
            return HeadPosition(x: Self.parked.x, y: Self.parked.y, z: max(Self.parked.z, top + 12))
        case .warmingUp:
            return warmingUpHead(moment)
        case .printing:
            return printing(moment)
        }
    }

    func warmingUpHead(_ moment: PrintMoment) -> HeadPosition {
        let share = moment.since / max(schedule.warmUp, .milliseconds(1))
        guard share >= Self.purgeStart else {
            return HeadPosition(x: -98, y: -96, z: 14)
        }
        let along = (share - Self.purgeStart) / (1 - Self.purgeStart)
        var position = Self.purge.from
        position.x += (Self.purge.to.x - position.x) * along
        return position
    }

    private func printing(_ moment: PrintMoment) -> HeadPosition {
        guard let number = moment.number else { return Self.parked }
        let part = part(of: number)
        let (done, share) = layer(of: moment)
        let height = (Double(done) + 1) / Double(layers)
        let outline = part.outline(at: min(1, height))
        let z = min(1, height) * part.height
        let wall = 0.4
        if share < wall {
            let place = share / wall * Double(outline.count)
            let index = min(outline.count - 1, Int(place))
            let (from, to) = (outline[index], outline[(index + 1) % outline.count])
            let along = place - Double(index)
            return HeadPosition(x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along, z: z)
        }
        // Ten lines, each from one side of the outline to the other.
        let lines = 10.0
        let place = (share - wall) / (1 - wall) * lines
        let line = place.rounded(.down)
        let along = Int(line) % 2 == 0 ? place - line : 1 - (place - line)
        let half = outline.count / 2
        let right = Int((1 - (line + 0.5) / lines) * Double(half)).clamped(to: 0...(half - 1))
        let (from, to) = (outline[right], outline[outline.count - 1 - right])
        return HeadPosition(x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along, z: z)
    }
}

extension Comparable {
    func clamped(to range: ClosedRange<Self>) -> Self { min(range.upperBound, max(range.lowerBound, self)) }
}
