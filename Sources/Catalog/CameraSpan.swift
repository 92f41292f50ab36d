public import Vocabulary

/// From when to when an archive has something of a camera.
public struct CameraSpan: Hashable, Sendable {
    public let from: Timestamp
    public let until: Timestamp
}
