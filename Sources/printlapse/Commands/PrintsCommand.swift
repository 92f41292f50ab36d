import ArgumentParser
import Catalog
import Vocabulary

struct PrintsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prints",
        abstract: "List the print jobs and their frames, the newest last.",
        usage: "printlapse prints [<options>]",
        discussion: """
            A print is known from OctoPrint, where “authorize --octoprint” was run, else from the addresses of its pictures or \
            from what they show. Its number here goes with --print of “frames” and “export”:
              printlapse export benchy.mp4 --print 3
            """)

    @Option(help: ArgumentHelp("Only this camera's.", valueName: "name"), transform: Word.camera)
    var camera: CameraName?

    @Option(help: ArgumentHelp("At most this many, the newest.", valueName: "n"))
    var limit: Int?

    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit takes a number from 0 on.") }
    }

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        let newest = try await catalog.prints(camera: camera, limit: limit)
        var listing = Listing<ArchivedPrint>.prints(list.chosen)
        for print in newest.reversed() { try listing.add(print) }
        try listing.finish(empty: "No prints.")
    }
}

extension Listing<ArchivedPrint> {
    static func prints(_ format: ListFormat) -> Self {
        Listing(
            format,
            columns: [
                Column(title: "print", alignment: .right) { "\($0.id)" },
                Column(title: "camera", isFlexible: true) { $0.camera.text },
                Column(title: "name", isFlexible: true) { $0.name?.printable ?? "–" },
                Column(title: "state") { $0.state.rawValue },
                Column(title: "first frame") { $0.firstCapturedAt?.localText ?? "–" },
                Column(title: "for", alignment: .right) { print in
                    guard let first = print.firstCapturedAt, let last = print.lastCapturedAt else { return "–" }
                    return (last - first).shortText
                },
                Column(title: "frames", alignment: .right) { $0.frames.grouped },
                Column(title: "bytes", alignment: .right) { "\($0.bytes)" },
            ],
            csv: [
                "id", "camera", "number", "frames", "bytes", "first_captured_at", "last_captured_at", "name", "state",
                "told_by", "started_at", "ended_at",
            ],
            values: { print in
                [
                    "\(print.id)", print.camera.text, print.number.map { "\($0)" }, "\(print.frames)",
                    "\(print.bytes.bytes)", print.firstCapturedAt.map { "\($0)" },
                    print.lastCapturedAt.map { "\($0)" }, print.name, print.state.rawValue, print.toldBy.rawValue,
                    "\(print.startedAt)", print.endedAt.map { "\($0)" },
                ]
            })
    }
}
