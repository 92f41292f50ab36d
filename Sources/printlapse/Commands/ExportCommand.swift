import ArgumentParser
import Catalog
import Export
import Vocabulary

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Make a timelapse video, a sheet, or a folder, ZIP or tar of JPEGs, of the archive's frames.",
        usage: "printlapse export <output> [<options>]",
        discussion: """
            The output's ending decides: .mp4 is an H.264 video that plays everywhere (needs ffmpeg), a name without an ending \
            or with a slash is a folder of the JPEGs as they were captured, with a manifest and SHA-256 sums; .zip and .tar \
            hold the same. Standard output (-) takes --format tar or zip. And .jpg is a sheet, one picture of many:
              contact       small pictures side by side, with their times
              keogram       one column of each frame, side by side: time runs to the right
              average       the mean light of all frames
              brightest     at each place the brightest that any frame shows there
              before-after  the first and the last frame

            The output appears under its name only when it is whole. A frame that is damaged in the archive is left out and \
            named, and the exit code is 3.

            A template for --name has the fields {camera}, {n:06} (the picture's number, with zeros), {id}, \
            {utc:%Y%m%dT%H%M%SZ}, {local:%H%M%S}, {print} and {sha256:8}; of a time also %y %L (milliseconds) %z %s. Names \
            that are not safe or not unique are refused before anything is written.

            Examples:
              printlapse export print.mp4 --since 14:00 --duration 20s
              printlapse export print.mp4 --print latest --steady --hold-last 3s
              printlapse export day.mp4 --day today --real-time 60x --squeeze 10s --plan
              printlapse export frames/ --camera printer
              printlapse export print.zip --print latest --exif --name '{camera}_{n:06}'
              printlapse export - --format tar --since 2d | ssh nas tar -x
              printlapse export day.jpg --sheet keogram --since 2026-11-23
            """)

    @Argument(help: "The video, sheet, folder, ZIP or tar to make; - is standard output.")
    var output: String

    @OptionGroup(title: "Which frames") var selection: SelectionOptions

    @OptionGroup(title: "Which frames") var print: PrintOption

    @OptionGroup(title: "Which frames") var choice: ChoiceArguments

    @OptionGroup(title: "Pace") var timing: TimingArguments

    @OptionGroup(title: "Pictures") var pictures: PictureOptions

    @OptionGroup(title: "Sheets") var sheet: SheetArguments

    @Option(
        help: ArgumentHelp("Make this, whatever the ending: folder, zip, tar, mp4, sheet.", valueName: "format"),
        transform: Word.exportFormat)
    var format: ExportFormat?

    @Flag(help: "Print which frames would go in and what would come out, and do nothing.")
    var plan = false

    @Flag(help: "Replace an output that exists.")
    var force = false

    @Flag(help: "Print what was made as JSON.")
    var json = false

    @OptionGroup(title: "Common") var common: CommonOptions

    func validate() throws {
        if choice.day != nil, selection.since != nil || selection.until != nil {
            throw ValidationError("--day is a stretch of time of its own: leave --since and --until out.")
        }
        if output == "-", json, !plan { throw ValidationError("--json and the export would both go to standard output.") }
    }

    func run() async throws {
        if output == "-", !plan, StandardOutput.isTerminal {
            throw CommandError(
                "standard output is a terminal", hint: "Send it to a file or a program: “… --format tar | tar -x”.")
        }
        let catalog = try Catalog.open(at: common.archive.path)
        let request = try await request(of: catalog)
        let line = ProgressLine("frames", isQuiet: common.messages.quiet)
        defer { line.finish() }
        if plan { return try await printPlan(of: request, catalog, line) }
        let result = try await interruptible {
            try await Exporter(catalog: catalog).export(request) { progress in
                line.update(done: progress.framesDone, total: progress.framesTotal)
            }
        }
        line.finish()

        for skipped in result.skipped {
            StandardError.write("Left out frame \(skipped.frame) of \(skipped.capturedAt.localText): \(skipped.reason)")
        }
        if result.undated > 0 {
            StandardError.write(
                "\(result.undated.counted("picture")) got no time: the Exif data there cannot be kept beside it.")
        }
        if json {
            try JSONOutput.print(ExportedOutput(result))
        } else if output == "-" {
            if !common.messages.quiet { StandardError.write(Self.sentence(result)) }
        } else if !common.messages.quiet {
            try StandardOutput.line(Self.sentence(result))
        }
        if !result.isComplete { throw ExitStatus.doneInPart.code }
    }

    private func printPlan(of request: ExportRequest, _ catalog: Catalog, _ line: ProgressLine) async throws {
        let plan = try await interruptible {
            try await Exporter(catalog: catalog).plan(request) { progress in
                line.update(done: progress.framesDone, total: progress.framesTotal)
            }
        }
        line.finish()
        if json { return try JSONOutput.print(PlannedOutput(plan)) }
        for line in PlannedOutput.lines(plan) { try StandardOutput.line(line) }
    }

    private func request(of catalog: Catalog) async throws -> ExportRequest {
        var query = FrameQuery()
        query.camera = selection.camera
        query.print = try await print.choice?.number(in: catalog, camera: selection.camera)
        query.since = selection.since
        query.until = selection.until
        choice.restrict(&query)
        var request = ExportRequest(frames: query, output: output)
        request.selection = choice.selection
        request.sheet = sheet.options
        request.force = force
        request.format = format
        (request.names, request.exif, request.bag) = (pictures.name, pictures.exif, pictures.bag)
        (request.pace, request.timing) = (try timing.pace, try timing.timing)
        return request
    }

    private static func sentence(_ result: ExportResult) -> String {
        let output = result.output == "-" ? "standard output" : result.output
        let made = "\(output): \(result.frames.counted("frame")), \(result.bytes)"
        if let sheet = result.sheet { return made + ", \(sheet)" }
        guard let video = result.video else { return made }
        return made + ", \(video.size), \(video.duration.shortText) "
            + (video.isVariable ? "at the frames' own times" : "at \(video.rate) frames a second")
    }
}

/// What an export made, as JSON.
private struct ExportedOutput: Encodable {
    let output: String
    let format: String
    let files: Int
    let frames: Int
    let bytes: Int64
    let leftOut: LeftOutFrames
    let skipped: [SkippedFrame]
    let undated: Int
    let framesPerSecond: Double?
    let duration: Double?
    let width: Int?
    let height: Int?

    init(_ result: ExportResult) {
        output = result.output
        format = result.format.rawValue
        files = result.files
        frames = result.frames
        bytes = result.bytes.bytes
        leftOut = result.leftOut
        skipped = result.skipped
        undated = result.undated
        framesPerSecond = result.video?.rate.framesPerSecond
        width = result.sheet?.width ?? result.video?.size.width
        height = result.sheet?.height ?? result.video?.size.height
        duration = (result.video?.duration.milliseconds).map { Double($0) / 1000 }
    }

    private enum CodingKeys: String, CodingKey {
        case output, format, files, frames, bytes, skipped, undated, duration, width, height
        case leftOut = "left_out"
        case framesPerSecond = "frames_per_second"
    }
}
