package import Vocabulary

/// A slot that the pace grants or leaves out.
package struct PacedSlot: Hashable, Sendable {
    package let camera: CameraName
    /// From one of the camera's slots to the next.
    package let interval: Duration
    /// Whether a print runs, as far as it is known: such slots come first.
    package let isPrinting: Bool
    /// What the picture is likely to bring; the bytes of the last one are a good guess.
    package let expected: ByteCount
    package let route: FetchRoute
    /// For live pictures that may take no more than this part of the cap, 0 to 1.
    package let share: Double?

    package init(
        camera: CameraName, interval: Duration, isPrinting: Bool, expected: ByteCount, route: FetchRoute,
        within share: Double? = nil
    ) {
        self.camera = camera
        self.interval = interval
        self.isPrinting = isPrinting
        self.expected = expected
        self.route = route
        self.share = share
    }
}
