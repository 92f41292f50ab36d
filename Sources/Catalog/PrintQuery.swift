public import Vocabulary

/// Which prints. Conditions combine: a print has to meet all that are set.
public struct PrintQuery: Hashable, Sendable {
    /// Of this camera only.
    public var camera: CameraName?
    /// Not over before this instant.
    public var since: Timestamp?
    /// Begun before this instant.
    public var until: Timestamp?
    /// In one of these states only; in any where it is empty.
    public var states: Set<PrintState>
    /// With this text in their name, in capitals or not as far as ASCII goes.
    public var name: String?
    /// At most this many; all where `nil`.
    public var limit: Int?
    /// Only prints before this one, by the archive's number of it: the next page of a list that begins with the newest.
    public var before: Int64?
    public var order: PrintOrder
    /// Only what comes after this place in the order: the next page.
    public var after: PrintCursor?

    public init(
        camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil, states: Set<PrintState> = [],
        name: String? = nil, limit: Int? = nil, before: Int64? = nil, order: PrintOrder = .newest,
        after: PrintCursor? = nil
    ) {
        self.camera = camera
        self.since = since
        self.until = until
        self.states = states
        self.name = name
        self.limit = limit
        self.before = before
        self.order = order
        self.after = after
    }
}
