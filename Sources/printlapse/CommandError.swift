import Vocabulary

/// A mistake of the command's own making to explain: a combination of options, a missing source.
struct CommandError: ExplainedError {
    let label: String
    let description: String
    let hint: String
    let status: ExitStatus

    /// Where there is no camera at all yet.
    static let noCamera = "no_camera"

    init(_ description: String, hint: String, label: String = "usage", status: ExitStatus = .usage) {
        self.label = label
        self.description = description
        self.hint = hint
        self.status = status
    }
}
