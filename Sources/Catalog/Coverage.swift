public import Vocabulary

/// How the slots of cameras went over one stretch of time.
public struct Coverage: Hashable, Sendable {
    public let from: Timestamp
    public let until: Timestamp
    /// By name; those without a slot in the stretch are left out.
    public let cameras: [CameraCoverage]
}
