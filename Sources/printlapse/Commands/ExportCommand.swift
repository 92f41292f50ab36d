import ArgumentParser
import Catalog
import Export
import Vocabulary

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Make a timelapse video, a sheet, or a folder, ZIP or tar of JPEGs, of the archive's frames.",
        usage: "printlapse export <output> ... [<options>]",
        discussion: """
            The output's ending decides: .mp4 is an H.264 video that plays everywhere (needs ffmpeg), as are .mkv and .webm, and \
            .gif and .webp move without a player. With --lossless an .mkv or .avi holds the JPEGs as they were captured. A \
            name without an ending or with a slash is a folder of them, with a manifest and SHA-256 sums; .zip and .tar hold \
            the same. Standard output (-) takes --format tar or zip. And .jpg is a sheet, one picture of many:
              contact       small pictures side by side, with their times
              keogram       one column of each frame, side by side: time runs to the right
              average       the mean light of all frames
              brightest     at each place the brightest that any frame shows there
              before-after  the first and the last frame

            Some options are for some outputs only, and refused where they would do nothing:
            \(ExportOption.help)

            What a video is --for sets options, of which each can be given otherwise beside it:
            \(VideoPreset.list)

            Several outputs are made of the same frames, videos in one pass where they can be. Of several cameras there is a video \
            or sheet for each, day-printer.mp4 beside day-garage.mp4, or as {camera} in the output's name says; --side-by-side puts them into one picture.

            An output appears under its name only when it is whole. A frame that is damaged in the archive is left out and \
            named, and the exit code is 3.

            A template for --name has the fields {camera}, {n:06} (the picture's number, with zeros), {id}, \
            {utc:%Y%m%dT%H%M%SZ}, {local:%H%M%S}, {print} and {sha256:8}; of a time also %y %L (milliseconds) %z %s. Names \
            that are not safe or not unique are refused before anything is written.

            Examples:
              printlapse export print.mp4 --since 14:00 --duration 20s
              printlapse export print.mp4 --print latest --steady --hold-last 3s
              printlapse export day.mp4 --day today --real-time 60x --squeeze 10s --plan
              printlapse export print.mp4 print.webm --deflicker --clock --poster
              printlapse export print.mp4 --for discord --title 'Benchy, 0.2 mm'
              printlapse export 'today {camera}.mp4' --day today
              printlapse export frames/ --camera printer
              printlapse export print.zip --print latest --exif --name '{camera}_{n:06}'
              printlapse export - --format tar --since 2d | ssh nas tar -x
              printlapse export day.jpg --sheet keogram --since 2026-11-23
            """)

    @Argument(
        help: ArgumentHelp("The video, sheet, folder, ZIP or tar to make; - is standard output.", valueName: "output"))
    var outputs: [String]

    @OptionGroup(title: "Which frames") var selection: SelectionOptions

    @OptionGroup(title: "Which frames") var print: PrintOption

    @OptionGroup var export: ExportArguments

    @Option(
        help: ArgumentHelp("Make this, whatever the ending: folder, zip, tar, mp4, gif, sheet.", valueName: "format"),
        completion: .words(of: ExportFormat.self), transform: Word.exportFormat)
    var format: ExportFormat?

    @Flag(help: "Print which frames would go in and what would come out, and do nothing.")
    var plan = false

    @Flag(help: "Replace an output that exists.")
    var force = false

    @Flag(help: "Print what was made as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if isStream, outputs.count > 1 {
            throw ValidationError("standard output (-) takes one output, and no other beside it.")
        }
        if isStream, json, !plan { throw ValidationError("--json and the export would both go to standard output.") }
    }

    private var isStream: Bool { outputs.contains("-") }

    func run() async throws {
        if isStream, !plan, StandardOutput.isTerminal {
            throw CommandError(
                "standard output is a terminal", hint: "Send it to a file or a program: “… --format tar | tar -x”.")
        }
        let catalog = try Catalog.open(at: common.archive.path, reading: common.archive.packs)
        let request = try await request(of: catalog)
        let line = ProgressLine("frames", isQuiet: common.messages.quiet)
        defer { line.finish() }
        if plan { return try await printPlan(of: request, catalog, line) }
        let outputs = outputs
        let results = try await interruptible {
            try await Exporter(catalog: catalog).export(request, to: outputs) { progress in
                line.update(done: progress.framesDone, total: progress.framesTotal)
            }
        }
        line.finish()
        try report(results)
        if !results.allSatisfy(\.isComplete) { throw ExitStatus.doneInPart.code }
    }

    /// Each frame is named, unless many are left out for one reason: a pack that is gone has hundreds.
    private func tell(of skipped: [SkippedFrame]) {
        var named: Set<FrameID> = []
        let skipped = skipped.filter { named.insert($0.frame).inserted }
        let reasons = Dictionary(grouping: skipped, by: \.reason)
        var told: Set<String> = []
        for frame in skipped {
            let alike = reasons[frame.reason] ?? []
            guard alike.count > Self.namedSingly else {
                StandardError.sentence(
                    "Left out frame \(frame.frame) of \(frame.capturedAt.localText): \(frame.reason)")
                continue
            }
            guard told.insert(frame.reason).inserted, let last = alike.last else { continue }
            StandardError.sentence(
                "Left out \(alike.count.counted("frame")), the first \(frame.frame) of \(frame.capturedAt.localText), the last "
                    + "\(last.frame): \(frame.reason)")
        }
    }

    private static let namedSingly = 5

    private func report(_ results: [ExportResult]) throws {
        tell(of: results.flatMap(\.skipped))
        if let suspect = results.map(\.leftOut.suspect).max(), suspect > 0 {
            StandardError.sentence(
                "Left out \(suspect.counted("suspect frame")): “printlapse frames --suspect” lists what may be torn, "
                    + "--with-suspect takes it.")
        }
        for result in results {
            guard let problem = result.problem else { continue }
            StandardError.sentence("\(result.output): nothing was made of this camera: \(problem)")
        }
        for undated in results.map(\.undated) where undated > 0 {
            StandardError.sentence(
                "\(undated.counted("picture")) got no time: the Exif data there cannot be kept beside it.")
        }
        if !common.messages.quiet {
            let notes = ExportNotes(results, outputs: outputs.count, wantsNoTagged: export.choice.noTagged)
            for note in notes.lines { StandardError.sentence(note) }
        }
        if json {
            let outputs = results.map(ExportedOutput.init)
            return outputs.count == 1 ? try JSONOutput.print(outputs[0]) : try JSONOutput.print(outputs)
        }
        guard !common.messages.quiet else { return }
        for result in results where result.problem == nil {
            if isStream {
                StandardError.sentence(Self.sentence(result))
            } else {
                try StandardOutput.sentence(Self.sentence(result))
            }
        }
    }

    private func printPlan(of request: ExportRequest, _ catalog: Catalog, _ line: ProgressLine) async throws {
        let outputs = outputs
        let plans = try await interruptible {
            try await Exporter(catalog: catalog).plan(request, to: outputs) { progress in
                line.update(done: progress.framesDone, total: progress.framesTotal)
            }
        }
        line.finish()
        if json {
            let plans = plans.map(PlannedOutput.init)
            return plans.count == 1 ? try JSONOutput.print(plans[0]) : try JSONOutput.print(plans)
        }
        for line in plans.flatMap(PlannedOutput.lines) { try StandardOutput.line(line) }
        try StandardOutput.line("Nothing was written.")
    }

    func request(of catalog: Catalog) async throws -> ExportRequest {
        var query = FrameQuery()
        try await catalog.require(selection.camera)
        query.camera = selection.camera
        query.print = try await print.choice?.number(in: catalog, camera: selection.camera)
        query.since = selection.since
        query.until = selection.until
        var request = try export.request(for: query, output: outputs[0])
        (request.force, request.format) = (force, format)
        return request
    }

    private static func sentence(_ result: ExportResult) -> String {
        let output = result.output == "-" ? "standard output" : result.output
        let made = "\(output): \(result.frames.counted("frame")), \(result.bytes)"
        if let sheet = result.sheet { return made + ", \(sheet)" }
        guard let video = result.video else { return made }
        return made + ", \(video.size), \(video.duration.shortText) "
            + (video.isVariable ? "at the frames' own times" : "at \(video.rate) frames a second")
            + (result.poster.map { "; poster \($0)" } ?? "")
    }
}
