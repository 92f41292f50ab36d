import Vocabulary

/// Files that were read, and by which it shows whether they have to be read again.
struct WatchedFiles {
    private enum State: Hashable {
        case absent
        case present(FileState)
        /// It was written while it was read, or so shortly before that the same instant stands on what came after.
        case unsure
    }

    private var states: [String: State] = [:]

    /// File systems note times by the kernel's tick.
    private static let tick = Duration.milliseconds(10)

    /// - Parameters:
    ///   - paths: each need not be there.
    ///   - begun: when the first of them was read. They have all been read since then.
    init(_ paths: Set<String>, readFrom begun: Timestamp) {
        for path in paths {
            guard let state = FileState(of: path) else {
                states[path] = .absent
                continue
            }
            states[path] = state.changedAt < begun - Self.tick ? .present(state) : .unsure
        }
    }

    /// Whether one of them has come or changed since they were read, or since the last time that this was asked.
    ///
    /// One that is gone is no news: it is being replaced, or what was read of it holds until something else is there.
    mutating func haveNews() -> Bool {
        var haveNews = false
        for (path, known) in states {
            let state = FileState(of: path).map(State.present) ?? .absent
            guard state != known else { continue }
            states[path] = state
            if state != .absent { haveNews = true }
        }
        return haveNews
    }
}
