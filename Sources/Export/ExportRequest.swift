package import Catalog
package import FoundationEssentials

/// Which frames to export, where to, and how.
package struct ExportRequest: Sendable {
    /// Which frames, in which order, and how many at most. Newest first makes a video that runs backwards.
    package var frames: FrameQuery
    /// Where to; `-` is standard output. Its ending chooses the ``ExportFormat``, unless ``format`` does.
    package var output: String
    /// What to make, whatever the output's ending is.
    package var format: ExportFormat?
    /// Which of the frames.
    package var selection = ExportSelection()
    /// What kind of sheet, and how it is laid out; ignored where there is no sheet.
    package var sheet = SheetOptions()
    /// How fast a video runs; ignored where there is no video.
    package var pace = VideoPace.watchable
    /// How a video looks and is encoded; ignored where there is no video.
    package var video = VideoSettings()
    /// How long single frames and stretches of a video last; ignored where there is no video.
    package var timing = VideoTiming()
    /// How pictures are named; `nil`: by camera and time.
    package var names: NameTemplate?
    /// Whether pictures get Exif data that says when they were captured.
    package var exif = false
    /// Whether pictures are packed as a BagIt bag.
    package var bag = false
    /// In which the clock on the wall tells names, Exif data and a ZIP's dates.
    package var timeZone = TimeZone.current
    /// Whether the frames of several cameras are put into one picture, in step by time.
    package var isSideBySide = false
    /// Options that were given, each of which is to have an effect on one output at least.
    package var given: Set<ExportOption> = []
    /// Whether an output that exists is replaced.
    package var force = false

    package init(frames: FrameQuery, output: String) {
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
        return format
    }

    /// Checks that every option that was given does something for one of the outputs at least.
    ///
    /// - Throws: ``ExportError/notForOutput(_:_:)``
    package func checkOptions(for outputs: [String]) throws(ExportError) {
        var kinds: Set<OutputKind> = []
        for output in outputs {
            var request = self
            request.output = output
            kinds.insert(OutputKind(try request.checkedFormat(), self))
        }
        var used = given
        if names != nil { used.insert(.name) }
        if exif { used.insert(.exif) }
        if bag { used.insert(.bag) }
        for option in used.sorted(by: { $0.rawValue < $1.rawValue }) where option.kinds.isDisjoint(with: kinds) {
            throw .notForOutput(option, kinds.sorted { $0.rawValue < $1.rawValue })
        }
    }
}
