internal import Vocabulary

/// Why an import cannot begin. A picture that cannot be imported is no error: the report names it.
package enum ImportError: ExplainedError, Hashable {
    /// There is nothing at the path, or it cannot be read.
    case unreadable(path: String, reason: String)
    /// It is neither a folder, a JPEG, a ZIP nor an archive.
    case unknownKind(path: String)
    /// The text names no time zone.
    case timeZone(String)

    /// A short constant for logs.
    package var label: String {
        switch self {
        case .unreadable: "unreadable"
        case .unknownKind: "unknown_kind"
        case .timeZone: "time_zone"
        }
    }

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be imported: \(reason)"
        case .unknownKind(let path): "\(path) is neither a folder, a JPEG, a ZIP nor an archive"
        case .timeZone(let text): "“\(text.printable)” is no time zone"
        }
    }

    /// What the person does now.
    package var hint: String {
        switch self {
        case .unreadable: "Check the path and its permissions."
        case .unknownKind: "Give a folder of pictures, a ZIP of them, or another archive."
        case .timeZone: "Write a name such as Europe/Berlin, or UTC."
        }
    }
}
