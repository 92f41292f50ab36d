/// Where and when a snapshot comes from.
public struct SnapshotOrigin: Hashable, Sendable {
    public let camera: CameraName
    public let source: SnapshotSourceKind
    /// When the last byte arrived, by this machine's clock.
    public let receivedAt: Timestamp
    /// When the picture was taken, where the source says so (the snapshot URL's path, in whole seconds), by the server's clock.
    public let takenAt: Timestamp?
    /// `nil` where the source knows no variants.
    public let variant: PictureVariant?
    /// The print job that the source names, as the server numbers them.
    public let printNumber: Int64?
    /// Who numbers the print jobs, as in ``PrintJob/series``.
    public let printSeries: String?

    public init(
        camera: CameraName, source: SnapshotSourceKind, receivedAt: Timestamp, takenAt: Timestamp? = nil,
        variant: PictureVariant? = nil, printNumber: Int64? = nil, printSeries: String? = nil
    ) {
        self.camera = camera
        self.source = source
        self.receivedAt = receivedAt
        self.takenAt = takenAt
        self.variant = variant
        self.printNumber = printNumber
        self.printSeries = printSeries
    }
}
