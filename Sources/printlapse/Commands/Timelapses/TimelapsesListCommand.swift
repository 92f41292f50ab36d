import ArgumentParser
import Catalog
import Vocabulary

struct TimelapsesListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was made, what waits and since when, and what failed and why, the newest last.",
        usage: "printlapse timelapses [<options>]",
        discussion: """
            Its number here goes to “timelapses pin” and “timelapses forget”. What a rule leaves out, what was removed and what is \
            forgotten is listed with --all. Without a limit a terminal shows the newest 20, and JSON, NDJSON and CSV give all of them.
            """)

    @Option(help: ArgumentHelp("Only those of this rule.", valueName: "name"))
    var rule: String?

    @Option(
        help: ArgumentHelp("Only those that are so; may be repeated.", valueName: "state"),
        completion: .words(of: ArchivedTimelapse.State.self), transform: Word.timelapseState)
    var state: [ArchivedTimelapse.State] = []

    @Flag(help: "Also those that are skipped, removed or forgotten.")
    var all = false

    @Option(help: ArgumentHelp("At most this many, the newest.", valueName: "n"))
    var limit: Int?

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit takes a number from 0 on.") }
        if all, !state.isEmpty { throw ValidationError("--all and --state contradict each other.") }
    }

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        let isPage = list.chosen == .table && StandardOutput.isTerminal
        let newest = try await catalog.timelapses(
            states, rule: rule, limit: limit ?? (isPage ? FramesCommand.page : .max))
        var listing = Listing<ArchivedTimelapse>.timelapses(list.chosen, at: .wallClock)
        for timelapse in newest.reversed() { try listing.add(timelapse) }
        try listing.finish(empty: "No timelapses. “printlapse help timelapses” says how they make themselves.")
    }

    private var states: Set<ArchivedTimelapse.State> {
        guard state.isEmpty else { return Set(state) }
        return all ? Set(ArchivedTimelapse.State.allCases) : [.waiting, .making, .made]
    }
}

extension Listing<ArchivedTimelapse> {
    /// On a terminal where it is, or why it is not there, stands below: a path has no room beside the rest. In a pipe each has a line.
    static func timelapses(_ format: ListFormat, at now: Timestamp) -> Self {
        let columns = [
            Column(title: "n", alignment: .right) { "\($0.id)" },
            Column(title: "rule", isFlexible: true) { $0.rule },
            Column(title: "camera", isFlexible: true) { $0.camera.text },
            Column(title: "of") { ($0.print.map { "print \($0), " } ?? "") + $0.since.localMinuteText },
            Column(title: "state") { $0.state.rawValue + ($0.isPinned ? ", pinned" : "") },
            Column(title: "frames", alignment: .right) { $0.frames?.grouped ?? "–" },
            Column(title: "bytes", alignment: .right) { $0.bytes.map { "\($0)" } ?? "–" },
        ]
        guard StandardOutput.isTerminal else {
            // The last one, so that it is never cut.
            return Listing(
                format,
                columns: columns + [
                    Column(title: "file, or why not") {
                        $0.standing(at: now, naming: \.printablePath).joined(separator: ", ")
                    }
                ])
        }
        return Listing(format, columns: columns) { timelapse, width in
            let lines = timelapse.standing(at: now, naming: \.shortPath)
            return timelapse.state == .made ? lines : lines.flatMap { $0.wrapped(to: width) }
        }
    }
}

extension ArchivedTimelapse {
    /// Where it is, file by file, or what it waits for.
    func standing(at now: Timestamp, naming path: (String) -> String) -> [String] {
        let paths = files.map { path($0.path) }
        switch state {
        case .made, .removed, .forgotten: return paths
        case .making: return ["since \(dueAt.localMinuteText) due"]
        case .waiting where nextTryAt > now:
            return ["again in \((nextTryAt - now).wholeText): \(reason ?? "it was put off")"]
        case .waiting: return ["due for \((now - dueAt).wholeText)" + (reason.map { "; at last: \($0)" } ?? "")]
        case .skipped: return [reason].compactMap(\.self)
        }
    }
}
