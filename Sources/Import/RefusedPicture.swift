internal import Validation
public import Vocabulary

/// Something that was found and could not be imported.
public struct RefusedPicture: Hashable, Sendable {
    /// The file, or the ZIP, `!` and the entry's name.
    public let path: String
    /// From a fixed set: a rejection's label, or what keeps it from being read.
    public let label: String
    /// What is wrong, as one clause without a full stop.
    public let reason: String

    init(path: String, label: String, reason: String) {
        (self.path, self.label, self.reason) = (path, label, reason)
    }

    init(path: String, _ problem: ZipProblem) {
        self.init(path: path, label: problem.label, reason: problem.reason)
    }

    init(path: String, _ rejection: FrameRejection) {
        self.init(path: path, label: rejection.label, reason: rejection.description)
    }
}

extension RefusedPicture: KeyedRecord {
    public static let fields: [Field<Self>] = [
        Field("path", \.path),
        Field("label", \.label),
        Field("reason", \.reason),
    ]
}
