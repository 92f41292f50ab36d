internal import NIOCore

/// Takes pictures one after the other and keeps the newest.
actor PictureStudio {
    /// Everything that a picture depends on.
    struct Order: Hashable, Sendable {
        let printer: SimulatedPrinter
        let elapsed: Duration
        let number: Int
        let tagged: Bool
    }

    private let settings: SimulatorSettings
    private var camera: SimulatedCamera?
    private var kept: [(order: Order, picture: ByteBuffer)] = []

    init(_ settings: SimulatorSettings) {
        self.settings = settings
    }

    /// Draws what stands still in the scene, so that the first picture does not wait for it.
    func prepare() throws(SimulatorError) {
        _ = try preparedCamera()
    }

    private func preparedCamera() throws(SimulatorError) -> SimulatedCamera {
        if let camera { return camera }
        let camera = try SimulatedCamera(settings)
        self.camera = camera
        return camera
    }

    func picture(_ order: Order) throws(SimulatorError) -> ByteBuffer {
        if let known = kept.first(where: { $0.order == order }) { return known.picture }
        let picture = try preparedCamera().picture(
            of: order.printer, at: order.elapsed, number: order.number, tagged: order.tagged)
        kept.append((order, picture))
        if kept.count > 8 { kept.removeFirst() }
        return picture
    }
}
