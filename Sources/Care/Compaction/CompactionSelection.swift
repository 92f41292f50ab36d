package import Vocabulary

/// Which frames' pictures are made smaller.
package struct CompactionSelection: Hashable, Sendable {
    /// Only this camera's; `nil` for all.
    package var camera: CameraName?
    /// Only frames captured at this instant or later.
    package var since: Timestamp?
    /// Only frames captured before this instant.
    package var until: Timestamp?

    package init(camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil) {
        (self.camera, self.since, self.until) = (camera, since, until)
    }
}
