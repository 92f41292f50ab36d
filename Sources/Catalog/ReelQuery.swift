public import Vocabulary

/// Which frames a ``Reel`` has: of a camera or of a print, the oldest first.
public struct ReelQuery: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        case camera(CameraName)
        case print(Int64)
    }

    public var subject: Subject
    /// Captured at this instant or later.
    public var since: Timestamp?
    /// Captured before this instant.
    public var until: Timestamp?
    /// At most this many.
    public var limit: Int
    /// Only what comes after this place.
    public var after: FrameCursor?

    public init(
        of subject: Subject, since: Timestamp? = nil, until: Timestamp? = nil, limit: Int, after: FrameCursor? = nil
    ) {
        (self.subject, self.since, self.until) = (subject, since, until)
        (self.limit, self.after) = (limit, after)
    }

    /// As a list of records has it.
    var frames: FrameQuery {
        var query = FrameQuery(since: since, until: until, limit: limit, after: after)
        switch subject {
        case .camera(let camera): query.camera = camera
        case .print(let print): query.print = print
        }
        return query
    }
}
