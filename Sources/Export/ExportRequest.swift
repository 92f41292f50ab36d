public import Catalog

/// Which frames to export, where to, and how.
public struct ExportRequest: Sendable {
    /// Which frames, in which order, and how many at most. Newest first makes a video that runs backwards.
    public var frames: FrameQuery
    /// Where to. Its ending chooses the ``ExportFormat``.
    public var output: String
    /// Takes one frame of this many, beginning with the first; 1 or more.
    public var every = 1
    /// How fast a video runs; ignored where there is no video.
    public var pace = VideoPace.standard
    /// Whether an output that exists is replaced.
    public var force = false

    public init(frames: FrameQuery, output: String) {
        (self.frames, self.output) = (frames, output)
    }
}
