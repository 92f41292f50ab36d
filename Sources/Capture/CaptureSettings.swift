public import Care

/// What a job captures, and what the archive is to keep of it.
public struct CaptureSettings: Hashable, Sendable {
    public var cameras: [CameraSetup]
    /// Where captures pause for want of room.
    public var room: RoomRules
    /// What the archive keeps, and for how long; `nil` for everything.
    public var retention: RetentionPolicy?

    public init(cameras: [CameraSetup], room: RoomRules = RoomRules(), retention: RetentionPolicy? = nil) {
        (self.cameras, self.room, self.retention) = (cameras, room, retention)
    }
}
