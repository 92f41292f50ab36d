public import Archive
public import Vocabulary

/// Which frames, and in which order. Conditions combine: a frame has to meet all that are set.
public struct FrameQuery: Hashable, Sendable {
    /// Of this camera only.
    public var camera: CameraName?
    /// Of this print job only, by the archive's number of it.
    public var print: Int64?
    /// Captured at this instant or later.
    public var since: Timestamp?
    /// Captured before this instant.
    public var until: Timestamp?
    /// Only frames that the owner left out of exports, or only those that are not.
    public var excluded: Bool?
    /// Only frames that the owner keeps from being pruned, or only those that are not.
    public var pinned: Bool?
    /// Only frames with a note, or only those without.
    public var noted: Bool?
    /// Only frames that are suspected of something, or only those that are not.
    public var suspect: Bool?
    /// At most this many; all where `nil`.
    public var limit: Int?
    /// The order by time of capture; in a ranked list, of frames with the same value.
    public var order: FrameOrder
    /// Ranked by what the pictures show, and then by time; only frames of which that is known.
    public var ranking: FrameRanking?
    /// Only what comes after this place in the list: the next page. It is a place in the same list, ranked or not.
    public var after: FrameCursor?

    public init(
        camera: CameraName? = nil, print: Int64? = nil, since: Timestamp? = nil, until: Timestamp? = nil,
        excluded: Bool? = nil, pinned: Bool? = nil, noted: Bool? = nil, suspect: Bool? = nil, limit: Int? = nil,
        order: FrameOrder = .oldestFirst, ranking: FrameRanking? = nil, after: FrameCursor? = nil
    ) {
        self.camera = camera
        self.print = print
        self.since = since
        self.until = until
        self.excluded = excluded
        self.pinned = pinned
        self.noted = noted
        self.suspect = suspect
        self.limit = limit
        self.order = order
        self.ranking = ranking
        self.after = after
    }

    /// The place of a frame in this list: ``after`` of the page that follows it.
    public func cursor(after frame: ArchivedFrame) -> FrameCursor {
        FrameCursor(after: frame, rank: ranking?.value(of: frame))
    }
}
