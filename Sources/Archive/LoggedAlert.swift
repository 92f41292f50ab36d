internal import FoundationEssentials
internal import GRDB
public import Vocabulary

/// An alert that opened, closed, or happened and was over, as the archive's log of them has it.
public struct LoggedAlert: Hashable, Sendable {
    public enum Change: String, CaseIterable, Sendable, FieldConvertible {
        case opened, closed
        /// What it is about does not last.
        case happened
    }

    public let at: Timestamp
    /// A short constant from a fixed set.
    public let kind: String
    public let change: Change
    /// Those that it is about: one, the ones that share an account, or none where it is about the archive.
    public let cameras: [CameraName]
    /// Of one that opened: since when it is so.
    public let since: Timestamp?
    /// What happened, for a person: one or two sentences.
    public let message: String
    /// What the person does now, where there is something to do.
    public let hint: String?

    public init(
        at time: Timestamp, kind: String, change: Change, cameras: [CameraName], since: Timestamp? = nil,
        message: String, hint: String? = nil
    ) {
        (at, self.kind, self.change, self.cameras) = (time, kind, change, cameras)
        (self.since, self.message, self.hint) = (since, message, hint)
    }
}

/// As the document that `on_event` gets, and what became of it.
extension LoggedAlert: AlertDocument {
    public static let fields: [Field<Self>] = document + [Field("change", \.change)]
}
