public import Catalog
public import FoundationEssentials

/// Which frames to export, where to, and how.
public struct ExportRequest: Sendable {
    /// Which frames, in which order, and how many at most. Newest first makes a video that runs backwards.
    public var frames: FrameQuery
    /// Where to; `-` is standard output. Its ending chooses the ``ExportFormat``, unless ``format`` does.
    public var output: String
    /// What to make, whatever the output's ending is.
    public var format: ExportFormat?
    /// Which of the frames.
    public var selection = ExportSelection()
    /// What kind of sheet, and how it is laid out; ignored where there is no sheet.
    public var sheet = SheetOptions()
    /// How fast a video runs; ignored where there is no video.
    public var pace = VideoPace.standard
    /// How a video looks and is encoded; ignored where there is no video.
    public var video = VideoSettings()
    /// How long single frames and stretches of a video last; ignored where there is no video.
    public var timing = VideoTiming()
    /// How pictures are named; `nil`: by camera and time.
    public var names: NameTemplate?
    /// Whether pictures get Exif data that says when they were captured.
    public var exif = false
    /// Whether pictures are packed as a BagIt bag.
    public var bag = false
    /// In which the clock on the wall tells names, Exif data and a ZIP's dates.
    public var timeZone = TimeZone.current
    /// Whether an output that exists is replaced.
    public var force = false

    public init(frames: FrameQuery, output: String) {
        (self.frames, self.output) = (frames, output)
    }
}

extension ExportRequest {
    static let standardOutput = "-"

    /// What the request is for.
    ///
    /// - Throws: where nothing has the output's ending, and for options that this format has no use for.
    func checkedFormat() throws(ExportError) -> ExportFormat {
        let isStream = output == Self.standardOutput
        if isStream, format == nil { throw .notStreamed(nil) }
        let format = if let format { format } else { try ExportFormat(output: output) }
        if isStream, !format.isStream { throw .notStreamed(format) }
        if format.isVideo { try VideoCoding.check(video, for: format) }
        guard !format.holdsPictures else { return format }
        for (isGiven, option) in [(names != nil, "--name"), (exif, "--exif"), (bag, "--bag")] where isGiven {
            throw .notForFormat(option: option, format)
        }
        return format
    }
}
