public import Vocabulary

/// What a person is told of an alert, when it happens or when it is looked up.
public protocol AlertDocument: KeyedRecord {
    associatedtype Kind: FieldConvertible

    /// A short constant from a fixed set.
    var kind: Kind { get }
    /// Those that it is about: one, the ones that share an account, or none where it is about the archive.
    var cameras: [CameraName] { get }
    var at: Timestamp { get }
    /// What happened, for a person: one or two sentences.
    var message: String { get }
    /// What the person does now, where there is something to do.
    var hint: String? { get }
}

extension AlertDocument {
    /// Message and hint as one text.
    public var text: String { [message, hint].compactMap { $0?.asSentence }.joined(separator: " ") }

    /// `camera` is the first of `cameras`; `text` is what chat services show of a document that is posted to them.
    public static var document: [Field<Self>] {
        [
            Field("event", \.kind), Field("camera", \.cameras.first), Field("cameras") { $0.cameras.map(\.text) },
            Field("at", \.at), Field("message", \.message), Field("hint", \.hint), Field("text", \.text),
        ]
    }
}
