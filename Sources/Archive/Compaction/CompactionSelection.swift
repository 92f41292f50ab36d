public import Vocabulary

/// Which frames' pictures are made smaller.
public struct CompactionSelection: Hashable, Sendable {
    /// Only this camera's; `nil` for all.
    public var camera: CameraName?
    /// Only frames captured at this instant or later.
    public var since: Timestamp?
    /// Only frames captured before this instant.
    public var until: Timestamp?

    public init(camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil) {
        (self.camera, self.since, self.until) = (camera, since, until)
    }
}
