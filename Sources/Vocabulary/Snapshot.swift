public import NIOCore

/// The bytes that came back for a slot, as received and not yet looked at.
public struct Snapshot: Sendable {
    public let bytes: ByteBuffer
    public let origin: SnapshotOrigin

    public init(bytes: ByteBuffer, origin: SnapshotOrigin) {
        (self.bytes, self.origin) = (bytes, origin)
    }
}

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

/// The kinds of source that a snapshot can come from.
public enum SnapshotSourceKind: String, CaseIterable, Sendable {
    /// The picture that the tunnel's webcam API announces; it costs no allowance.
    case webcamAPI = "webcam_api"
    /// The live camera through the tunnel; its bytes cost allowance.
    case live
    /// A plain snapshot URL.
    case url
    /// A file that another tool left.
    case imported = "import"
}

/// The variants in which the webcam API serves a picture.
public enum PictureVariant: String, CaseIterable, Sendable {
    /// As uploaded while printing.
    case raw
    /// With the detection boxes of the server's failure detection drawn in.
    case tagged
    /// The picture of an idle printer, overwritten in place under a fixed URL.
    case latest
}
