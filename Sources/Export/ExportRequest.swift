public import Catalog

/// Which frames to export, where to, and how.
public struct ExportRequest: Sendable {
    /// Which frames, in which order, and how many at most. Newest first makes a video that runs backwards.
    public var frames: FrameQuery
    /// Where to. Its ending chooses the ``ExportFormat``.
    public var output: String
    /// Takes one frame of this many, beginning with the first; 1 or more.
    public var every = 1
    /// Takes at most so many frames, evenly chosen; 1 or more, and `nil` for all of them, or for a page of a contact
    /// sheet.
    public var most: Int?
    /// What kind of sheet, and how it is laid out; ignored where there is no sheet.
    public var sheet = SheetOptions()
    /// How fast a video runs; ignored where there is no video.
    public var pace = VideoPace.standard
    /// Whether an output that exists is replaced.
    public var force = false

    public init(frames: FrameQuery, output: String) {
        (self.frames, self.output) = (frames, output)
    }
}
