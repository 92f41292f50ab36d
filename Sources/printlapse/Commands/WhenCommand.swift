import ArgumentParser
import Catalog
import Gallery
import Vocabulary

struct WhenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "when",
        abstract: "Find when something in the picture changed: a part came off the bed, a light went on.",
        usage: "printlapse when --camera <name> --region <x,y,width,height> [<options>]",
        discussion: """
            It looks at what a rectangle of the picture showed, coarse to fine, and tells the instants at which that changed most \
            from one frame to the next, and the one after which it stayed as it was then. Of many frames by far not all are decoded.

            The rectangle is given in pixels of the picture as it is shown, from its upper left corner. A change is 0 to 510, \
            as of a frame; what changed by 6 or less is noise.

            Examples:
              printlapse when --camera printer --region 400,300,200,120 --day today
              printlapse when --camera printer --region 0,0,64,64 --since 2d --json
            """)

    @Option(
        help: ArgumentHelp("Where to look, in pixels.", valueName: "x,y,width,height"), transform: Self.region)
    var region: PictureRegion

    @OptionGroup(title: "Which frames") var selection: SelectionOptions

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let result = try await interruptible { try await search() }
        if json { return try JSONOutput.print(result) }
        guard !result.moments.isEmpty || result.forGood != nil else {
            return try StandardOutput.line(
                result.frames == 0
                    ? "There are no frames in that time."
                    : "Nothing changed there in \(result.frames.counted("frame")).")
        }
        for line in Self.table(result).lines(width: StandardOutput.isTerminal ? TerminalSize.current.columns : .max) {
            try StandardOutput.line(line)
        }
    }

    private func search() async throws -> ChangeSearch.Result {
        let catalog = try Catalog.open(at: common.archive.path, reading: common.archive.packs)
        let camera = try await camera(in: catalog)
        let search = ChangeSearch(
            catalog, camera: camera, region: region, since: selection.since, until: selection.until)
        let line = ProgressLine("frames", isQuiet: common.messages.quiet)
        defer { line.finish() }
        return try await search.result { line.update(done: $0.done, total: $0.total) }
    }

    /// The only one need not be named.
    private func camera(in catalog: Catalog) async throws -> CameraName {
        if let camera = selection.camera {
            try await catalog.require(camera)
            return camera
        }
        let names = try await catalog.cameraNames()
        guard let only = names.first, names.count == 1 else {
            throw CommandError(
                names.isEmpty ? "there is no camera in the archive" : "there are \(names.count) cameras",
                hint: names.isEmpty ? "Nothing was captured or imported into it yet." : "Say which: --camera NAME.",
                label: names.isEmpty ? CommandError.noCamera : "usage", status: names.isEmpty ? .wrong : .usage)
        }
        return only
    }

    private static func table(_ result: ChangeSearch.Result) -> TextTable {
        var table = TextTable([.left("when"), .right("frame"), .right("before"), .right("change"), .left("")])
        func add(_ moment: ChangeSearch.Moment, _ remark: String) {
            table.add([
                moment.at.localText, "\(moment.frame)", "\(moment.beforeFrame)", "\(moment.change)", remark,
            ])
        }
        if let forGood = result.forGood { add(forGood, "for good") }
        for moment in result.moments where moment.frame != result.forGood?.frame { add(moment, "") }
        return table
    }

    private static func region(_ text: String) throws -> PictureRegion {
        guard let region = PictureRegion(text) else {
            throw ValidationError("it must be x,y,width,height in pixels, as 400,300,200,120.")
        }
        return region
    }
}
