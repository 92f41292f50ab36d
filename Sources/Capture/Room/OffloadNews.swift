package import Vocabulary

/// How it is with moving older pictures to their store beside a capture.
package enum OffloadNews: Hashable, Sendable {
    /// Pictures lie there now.
    case moved(pictures: Int, bytes: ByteCount, store: String)
    /// They cannot be moved, and it is tried again with growing pauses; told once, and again where the reason is another.
    case failing(store: String, reason: String, hint: String)
    /// It works again.
    case works(store: String)
    /// Nothing is to be moved, so that what failed before fails no more.
    case off
    /// Another copy of the archive writes to the store: this one goes on in a folder of its own there.
    case besideAnother(store: String)

    /// What happened, for a person.
    package var sentence: String {
        switch self {
        case .moved(let pictures, let bytes, let store):
            "\(pictures) pictures were moved to \(store.printable), \(bytes)."
        case .failing(let store, let reason, let hint):
            "Older pictures cannot be moved to \(store.printable): \(reason.asSentence) \(hint)"
        case .off: "Older pictures stay where they are."
        case .works(let store): "Older pictures can be moved to \(store.printable) again."
        case .besideAnother(let store):
            "Another copy of this archive writes to \(store.printable): this one goes on in a folder of its own there."
        }
    }
}
