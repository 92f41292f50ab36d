internal import Validation
internal import Vocabulary

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

extension RefusedPicture: Encodable {
    private enum Key: String, CodingKey { case path, label, reason }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(path, forKey: .path)
        try container.encode(label, forKey: .label)
        try container.encode(reason, forKey: .reason)
    }
}
