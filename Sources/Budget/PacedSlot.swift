public import Vocabulary

/// A slot that the pace grants or leaves out.
public struct PacedSlot: Hashable, Sendable {
    public let camera: CameraName
    /// From one of the camera's slots to the next.
    public let interval: Duration
    /// Whether a print runs, as far as it is known: such slots come first.
    public let isPrinting: Bool
    /// What the picture is likely to bring; the bytes of the last one are a good guess.
    public let expected: ByteCount
    public let route: FetchRoute
    /// For live pictures that may take no more than this part of the cap, 0 to 1.
    public let share: Double?

    public init(
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
