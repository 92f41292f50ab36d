/// Where the nozzle is, in millimetres: x to the right, y away from the camera, z up, from the middle of the bed.
public struct HeadPosition: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public var z: Double

    public init(x: Double, y: Double, z: Double) {
        (self.x, self.y, self.z) = (x, y, z)
    }
}

extension SimulatedPrinter {
    /// Where the nozzle is after that much simulated time.
    public func headPosition(at elapsed: Duration) -> HeadPosition {
        let moment = moment(at: elapsed)
        return HeadPosition(x: moment.progress * 100 - 50, y: 0, z: moment.progress * 60)
    }
}
