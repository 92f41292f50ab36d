package import Care

/// What a job captures, and what the archive is to keep of it.
package struct CaptureSettings: Hashable, Sendable {
    package var cameras: [CameraSetup]
    /// Where captures pause for want of room.
    package var room: RoomRules
    /// What the archive keeps, and for how long; `nil` for everything.
    package var retention: RetentionPolicy?

    package init(cameras: [CameraSetup], room: RoomRules = RoomRules(), retention: RetentionPolicy? = nil) {
        (self.cameras, self.room, self.retention) = (cameras, room, retention)
    }
}
