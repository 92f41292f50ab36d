/// The columns of `timelapse` in the table's order: the one description of its row, from which lists, inserts and updates are made.
enum TimelapseColumn: Int, RowColumn {
    case id, rule, camera, subject, print, since, until, state, dueAt, nextTryAt, attempts, reason, hint, files, poster
    case frames, milliseconds, madeAt, isPinned

    var name: String {
        switch self {
        case .id: "id"
        case .rule: "rule"
        case .camera: "camera"
        case .subject: "subject"
        case .print: "print"
        case .since: "since_at"
        case .until: "until_at"
        case .state: "state"
        case .dueAt: "due_at"
        case .nextTryAt: "next_try_at"
        case .attempts: "attempts"
        case .reason: "reason"
        case .hint: "hint"
        case .files: "files"
        case .poster: "poster"
        case .frames: "frames"
        case .milliseconds: "milliseconds"
        case .madeAt: "made_at"
        case .isPinned: "pinned"
        }
    }

    /// Those that are new with each plan; what was made before stays known.
    static let planned: [Self] = [.since, .until, .state, .dueAt, .nextTryAt, .attempts, .reason, .hint]

    /// Those that may be others once it is made, or was tried.
    static let changing = allCases.filter { $0.rawValue >= Self.state.rawValue }

    static let entered = allCases.filter { $0 != .id }
}
