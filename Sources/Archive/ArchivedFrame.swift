public import Vocabulary

/// A frame's record: everything about it but its picture.
///
/// Only the archive makes one, so whoever holds it knows that the frame's transaction is on disk.
public struct ArchivedFrame: Hashable, Sendable, Identifiable {
    public let id: FrameID
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
    public let print: Int64?
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
        progress: Double? = nil, printerState: PrintState? = nil, prediction: Double? = nil, brightness: Int? = nil,
        sharpness: Int? = nil, change: Int? = nil, changedPercent: Int? = nil, note: String? = nil,
        damagedAt: Timestamp? = nil, suspicion: Suspicion? = nil
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

extension ArchivedFrame: Encodable {
    private enum Key: String, CodingKey {
        case id, camera, seen, width, height, bytes, sha256, print, variant, source, excluded, pinned
        case progress, prediction, brightness, sharpness, change, note, suspect
        case suspectPlace = "suspect_place"
        case changedPercent = "changed_percent"
        case damagedAt = "damaged_at"
        case printerState = "printer_state"
        case capturedAt = "captured_at"
        case takenAt = "taken_at"
        case lastSeenAt = "last_seen_at"
        case perceptualHash = "perceptual_hash"
    }

    /// Every key is there, with null where there is no value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id.number, forKey: .id)
        try container.encode(camera.text, forKey: .camera)
        try container.encode(capturedAt.description, forKey: .capturedAt)
        try container.encode(takenAt?.description, forKey: .takenAt)
        try container.encode(lastSeenAt.description, forKey: .lastSeenAt)
        try container.encode(seen, forKey: .seen)
        try container.encode(size.width, forKey: .width)
        try container.encode(size.height, forKey: .height)
        try container.encode(bytes.bytes, forKey: .bytes)
        try container.encode(sha256.description, forKey: .sha256)
        try container.encode(perceptualHash.description, forKey: .perceptualHash)
        try container.encode(print, forKey: .print)
        try container.encode(variant?.rawValue, forKey: .variant)
        try container.encode(source.rawValue, forKey: .source)
        try container.encode(excluded, forKey: .excluded)
        try container.encode(pinned, forKey: .pinned)
        try container.encode(progress, forKey: .progress)
        try container.encode(printerState?.rawValue, forKey: .printerState)
        try container.encode(prediction, forKey: .prediction)
        try container.encode(brightness, forKey: .brightness)
        try container.encode(sharpness, forKey: .sharpness)
        try container.encode(change, forKey: .change)
        try container.encode(changedPercent, forKey: .changedPercent)
        try container.encode(note, forKey: .note)
        try container.encode(damagedAt?.description, forKey: .damagedAt)
        try container.encode(suspicion?.kind.rawValue, forKey: .suspect)
        try container.encode(suspicion?.place, forKey: .suspectPlace)
    }
}
