public import Vocabulary

/// A print job and its frames.
public struct ArchivedPrint: Hashable, Sendable {
    /// The archive's number of the print job.
    public let id: Int64
    public let camera: CameraName
    /// The number that the server gives it, where it says one.
    public let number: Int64?
    /// The name of what is printed, as OctoPrint shows it.
    public let name: String?
    public let state: PrintState
    /// How it is known.
    public let toldBy: PrintWitness
    /// When it began or was first seen.
    public let startedAt: Timestamp
    /// When it was seen to be over.
    public let endedAt: Timestamp?
    public let frames: Int
    /// The bytes of the frames' pictures.
    public let bytes: ByteCount
    /// When its first frame was captured; `nil` where it has none.
    public let firstCapturedAt: Timestamp?
    public let lastCapturedAt: Timestamp?
    /// Whether the owner left its frames out of exports, those to come included.
    public let excluded: Bool
    /// Whether the owner keeps its frames from being pruned, those to come included.
    public let pinned: Bool
    /// What the owner wrote.
    public let note: String?
}

extension ArchivedPrint: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("id", \.id),
        Field("camera", \.camera),
        Field("number", \.number),
        Field("frames", \.frames),
        Field("bytes", \.bytes),
        Field("first_captured_at", \.firstCapturedAt),
        Field("last_captured_at", \.lastCapturedAt),
        Field("name", \.name),
        Field("state", \.state),
        Field("told_by", \.toldBy),
        Field("started_at", \.startedAt),
        Field("ended_at", \.endedAt),
        Field("excluded", \.excluded),
        Field("pinned", \.pinned),
        Field("note", \.note),
    ]
}
