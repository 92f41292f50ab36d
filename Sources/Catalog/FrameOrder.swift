/// The order of a list: by time of capture, and by number within a millisecond.
public enum FrameOrder: String, CaseIterable, Sendable {
    case oldestFirst = "oldest"
    case newestFirst = "newest"
}
