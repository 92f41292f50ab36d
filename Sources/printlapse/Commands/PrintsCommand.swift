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
            from what they show. Its number here goes with --print of “frames”, “export”, “exclude”, “pin” and “note”, and \
            “--print latest” is the newest one:
              printlapse export benchy.mp4 --print 3

            Without a limit a terminal shows the newest 20, and JSON, NDJSON and CSV give all of them.
            """)

    @OptionGroup(title: "Which prints") var selection: SelectionOptions

    @Option(
        help: ArgumentHelp("Only those that ended, or stand, like this; may be repeated.", valueName: "state"),
        completion: .words(of: PrintState.self), transform: Word.printState)
    var state: [PrintState] = []

    @Option(help: ArgumentHelp("Only those with this in their name.", valueName: "text"))
    var name: String?

    @Option(help: ArgumentHelp("At most this many, the newest.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("Only those before this one, by its number: the next page.", valueName: "print"))
    var before: Int64?

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit takes a number from 0 on.") }
    }

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        try await catalog.require(selection.camera)
        let isPage = list.chosen == .table && StandardOutput.isTerminal
        let limit = limit ?? (isPage ? FramesCommand.page : nil)
        let newest = try await catalog.prints(
            PrintQuery(
                camera: selection.camera, since: selection.since, until: selection.until, states: Set(state),
                name: name,
                // One more shows that the list goes on.
                limit: limit.map { min($0, .max - 1) + 1 }, before: before))
        let page = newest.prefix(limit ?? .max)
        var listing = Listing<ArchivedPrint>.prints(list.chosen)
        for print in page.reversed() { try listing.add(print) }
        try listing.finish(empty: "No prints.")
        if newest.count > page.count, let first = page.last, !common.messages.quiet {
            StandardError.write("There are earlier ones: --before \(first.id)")
        }
    }
}

extension Listing<ArchivedPrint> {
    static func prints(_ format: ListFormat) -> Self {
        Listing(
            format,
            columns: [
                Column(title: "print", alignment: .right) { "\($0.id)" },
                Column(title: "camera", isFlexible: true) { $0.camera.text },
                Column(title: "state", isFlexible: true) { ([$0.state.rawValue] + $0.marks).joined(separator: ", ") },
                Column(title: "first frame") { $0.firstCapturedAt?.localMinuteText ?? "–" },
                Column(title: "for", alignment: .right) { print in
                    guard let first = print.firstCapturedAt, let last = print.lastCapturedAt else { return "–" }
                    return (last - first).shortText
                },
                Column(title: "frames", alignment: .right) { $0.frames.grouped },
                Column(title: "bytes", alignment: .right) { "\($0.bytes)" },
                // The last one, so that it is never cut.
                Column(title: "name") { $0.name?.printable ?? "–" },
            ])
    }
}

extension ArchivedPrint {
    /// What a person should know of a print at a glance.
    fileprivate var marks: [String] {
        [(excluded, "excluded"), (pinned, "pinned"), (note != nil, "noted")].filter(\.0).map(\.1)
    }
}
