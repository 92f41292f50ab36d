import Archive
import ArgumentParser
import Care
import Catalog
import Storage
import Vocabulary

/// The frames that a mark is for: by their numbers, by time, or of a print.
struct MarkedFramesOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Frames by their numbers: 12, or 12-40 for a range.", valueName: "frame"),
        transform: Word.frames)
    var frames: [ClosedRange<FrameID>] = []

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var print: PrintOption

    func validate() throws {
        let isByTime = selection.since != nil || selection.until != nil
        let isOfCamera = selection.camera != nil && print.choice != .latest
        switch [!frames.isEmpty, isByTime || isOfCamera, print.choice != nil].count(where: \.self) {
        case 0:
            throw ValidationError(
                "Which frames? Give their numbers, --since, --until or --day, --camera, or --print.")
        case 1: break
        default: throw ValidationError("Give numbers of frames, a stretch of time, or a print: one of the three.")
        }
    }

    func chosen(in archive: String) async throws -> MarkedFrames {
        let catalog = try Catalog.open(at: archive)
        try await catalog.require(selection.camera)
        if let choice = print.choice {
            return .print(try await choice.number(in: catalog, camera: selection.camera))
        }
        guard frames.isEmpty else { return .numbers(frames) }
        return .captured(camera: selection.camera, since: selection.since, until: selection.until)
    }
}

/// What the commands have in common that mark frames.
struct MarkCommandOptions: ParsableArguments {
    @OptionGroup var frames: MarkedFramesOptions

    @Flag(help: "Print what was done as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    /// Marks the frames, beside a running capture if need be.
    ///
    /// - Parameter state: what the frames are now, behind “are” or “is”.
    func mark(_ mark: FrameMark, state: String) async throws {
        let path = common.archive.path
        let chosen = try await frames.chosen(in: path)
        let archive = try await FrameArchive.open(at: path, role: .edit)
        let report = try await archive.mark(chosen, mark)
        try await archive.close()
        if json { return try JSONOutput.print(report) }
        guard !common.messages.quiet else { return }
        if let print = report.print, case .note = mark { return try StandardOutput.line("Print \(print) is \(state).") }
        let frames = report.frames.counted("frame") + (report.frames == 1 ? " is" : " are")
        try StandardOutput.line(
            (report.print.map { "Print \($0): " } ?? "")
                + "\(frames) \(state), \(report.changed.grouped) of them newly.")
    }
}
