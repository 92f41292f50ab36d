public import Vocabulary

/// Something that the owner of a job is told.
public struct Alert: Hashable, Sendable {
    public let kind: AlertKind
    /// Those that it is about: one, the ones that share an account, or none where it is about the archive.
    public let cameras: [CameraName]
    public let at: Timestamp
    /// What happened, for a person: one or two sentences that name the camera.
    public let message: String
    /// What the person does now, where there is something to do.
    public let hint: String?

    init(_ kind: AlertKind, _ cameras: [CameraName], at time: Timestamp, _ message: String, hint: String? = nil) {
        (self.kind, self.cameras, at, self.message, self.hint) = (kind, cameras, time, message, hint)
    }

    /// Message and hint as one text.
    public var text: String { [message, hint].compactMap { $0?.asSentence }.joined(separator: " ") }
}

extension Alert: KeyedRecord {
    /// `camera` is the first of `cameras`; `text` is what chat services show of a document that is posted to them.
    public static let fields: [Field<Self>] = [
        Field("event", \.kind),
        Field("camera", \.cameras.first),
        Field("cameras") { $0.cameras.map(\.text) },
        Field("at", \.at),
        Field("message", \.message),
        Field("hint", \.hint),
        Field("text", \.text),
    ]
}
