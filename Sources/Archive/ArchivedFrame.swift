public import Vocabulary

/// A frame's record: everything about it but its picture.
///
/// Only the archive makes one, so whoever holds it knows that the frame's transaction is on disk.
public struct ArchivedFrame: Hashable, Sendable, Identifiable {
    public package(set) var id: FrameID
    public let camera: CameraName
    /// When the picture's last byte arrived, by this machine's clock.
    public let capturedAt: Timestamp
    /// When the picture was taken, by the server's clock, where the source says so (whole seconds).
    public let takenAt: Timestamp?
    /// When the camera was last known to show this picture.
    public let lastSeenAt: Timestamp
    /// How many slots showed this picture, the first included.
    public let seen: Int
    public let size: PixelSize
    /// The picture's bytes.
    public let bytes: ByteCount
    /// The digest of the picture's bytes.
    public let sha256: SHA256Digest
    public let perceptualHash: PerceptualHash
    /// The archive's own number of the print job that the frame belongs to.
    public package(set) var print: Int64?
    public let variant: PictureVariant?
    public let source: SnapshotSourceKind
    /// Whether the owner left it out of exports.
    public let excluded: Bool
    /// Whether the owner keeps it from being pruned.
    public let pinned: Bool
    /// Of the print job that was done, 0 to 1, where OctoPrint said so.
    public let progress: Double?
    /// How the print job stood; `nil` where none was known to run.
    public let printerState: PrintState?
    /// How sure the server's failure detection was that the print fails, 0 to 1, where it was asked.
    public let prediction: Double?
    /// The picture's mean luma, 0 black to 255 white; `nil`, like the next three, where it was never measured.
    public let brightness: Int?
    /// How much of its contrast lies in its finest detail, 0 to 255; `nil` for a picture without contrast as well.
    public let sharpness: Int?
    /// What is new since the camera's kept frame before: the greatest change of a block, 0 to 510.
    public let change: Int?
    /// And how many of a hundred blocks changed.
    public let changedPercent: Int?
    /// What the owner wrote.
    public let note: String?
    /// When a check found the picture damaged and no good copy of it; `nil` where it is not known to be.
    public let damagedAt: Timestamp?
    /// Why the picture, which decodes, may not be what the camera saw; `nil` for nearly all.
    public let suspicion: Suspicion?

    package init(
        id: FrameID, camera: CameraName, capturedAt: Timestamp, takenAt: Timestamp?, lastSeenAt: Timestamp, seen: Int,
        size: PixelSize, bytes: ByteCount, sha256: SHA256Digest, perceptualHash: PerceptualHash, print: Int64?,
        variant: PictureVariant?, source: SnapshotSourceKind, excluded: Bool, pinned: Bool,
        progress: Double?, printerState: PrintState?, prediction: Double?, brightness: Int?, sharpness: Int?,
        change: Int?, changedPercent: Int?, note: String?, damagedAt: Timestamp?, suspicion: Suspicion?
    ) {
        self.id = id
        self.camera = camera
        self.capturedAt = capturedAt
        self.takenAt = takenAt
        self.lastSeenAt = lastSeenAt
        self.seen = seen
        self.size = size
        self.bytes = bytes
        self.sha256 = sha256
        self.perceptualHash = perceptualHash
        self.print = print
        self.variant = variant
        self.source = source
        self.excluded = excluded
        self.pinned = pinned
        self.progress = progress
        self.printerState = printerState
        self.prediction = prediction
        self.brightness = brightness
        self.sharpness = sharpness
        self.change = change
        self.changedPercent = changedPercent
        self.note = note
        self.damagedAt = damagedAt
        self.suspicion = suspicion
    }
}

extension ArchivedFrame: KeyedRecord {
    /// Every key is there, with null where there is no value.
    public static let fields: [Field<Self>] = [
        Field("id", \.id),
        Field("camera", \.camera),
        Field("captured_at", \.capturedAt),
        Field("last_seen_at", \.lastSeenAt),
        Field("seen", \.seen),
        Field("width") { $0.size.width },
        Field("height") { $0.size.height },
        Field("bytes", \.bytes),
        Field("sha256", \.sha256),
        Field("perceptual_hash", \.perceptualHash),
        Field("print", \.print),
        Field("variant", \.variant),
        Field("source", \.source),
        Field("excluded", \.excluded),
        Field("pinned", \.pinned),
        Field("taken_at", \.takenAt),
        Field("progress", \.progress),
        Field("printer_state", \.printerState),
        Field("prediction", \.prediction),
        Field("brightness", \.brightness),
        Field("sharpness", \.sharpness),
        Field("change", \.change),
        Field("changed_percent", \.changedPercent),
        Field("note", \.note),
        Field("damaged_at", \.damagedAt),
        Field("suspect", \.suspicion?.kind),
        Field("suspect_place") { $0.suspicion?.place },
    ]
}
