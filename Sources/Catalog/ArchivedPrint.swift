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

extension ArchivedPrint: Encodable {
    private enum Key: String, CodingKey {
        case id, camera, number, name, state, frames, bytes, excluded, pinned, note
        case toldBy = "told_by"
        case startedAt = "started_at"
        case endedAt = "ended_at"
        case firstCapturedAt = "first_captured_at"
        case lastCapturedAt = "last_captured_at"
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(camera.text, forKey: .camera)
        try container.encode(number, forKey: .number)
        try container.encode(name, forKey: .name)
        try container.encode(state.rawValue, forKey: .state)
        try container.encode(toldBy.rawValue, forKey: .toldBy)
        try container.encode(startedAt.description, forKey: .startedAt)
        try container.encode(endedAt?.description, forKey: .endedAt)
        try container.encode(frames, forKey: .frames)
        try container.encode(bytes.bytes, forKey: .bytes)
        try container.encode(firstCapturedAt?.description, forKey: .firstCapturedAt)
        try container.encode(lastCapturedAt?.description, forKey: .lastCapturedAt)
        try container.encode(excluded, forKey: .excluded)
        try container.encode(pinned, forKey: .pinned)
        try container.encode(note, forKey: .note)
    }
}
