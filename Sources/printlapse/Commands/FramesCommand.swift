import Archive
import ArgumentParser
import Catalog
import Vocabulary

struct FramesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frames",
        abstract: "List frames of the archive: by time, by what they show, or at an instant.",
        usage: """
            printlapse frames [--at <time> | --near <frame>] [<options>]
            printlapse frames --changed | --dark | --blurred [<options>]
            """,
        discussion: """
            Without a limit a terminal shows the newest 20 frames, and other tables, JSON, NDJSON and CSV give all of them. \
            Rankings and --near give 20 in every format.

            Where a list was cut by its limit, the cursor of the next page is told on standard error. It is made of the last \
            frame's own values, captured_at/id, with the value of a ranking or the distance in front, so that a script can \
            write it itself. Frames stored or removed meanwhile make no page repeat or skip one.

            Examples:
              printlapse frames --since 2h
              printlapse frames --at 14:05
              printlapse frames --print latest --changed
              printlapse frames --near 4711 --camera printer
              printlapse frames --since 2026-11-23 --format csv > frames.csv
            """)

    @OptionGroup(title: "Which frames") var selection: SelectionOptions
    @OptionGroup(title: "Which frames") var print: PrintOption
    @OptionGroup(title: "Which frames") var marks: MarkOptions

    @Option(
        help: ArgumentHelp("What the camera showed at this instant, or each camera.", valueName: "time"),
        transform: Word.time)
    var at: Timestamp?

    @Option(
        help: ArgumentHelp("The frames that look most like this one, the nearest first.", valueName: "frame"),
        transform: Word.frame)
    var near: FrameID?

    @Flag var ranking: RankingChoice?

    @Option(help: ArgumentHelp("At most this many.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("Oldest or newest first (default: oldest).", valueName: "oldest|newest"))
    var order: OrderChoice?

    @Option(
        help: ArgumentHelp("Only what comes after this place: the next page.", valueName: "cursor"),
        transform: Word.cursor)
    var after: FrameCursor?

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    /// Rows that a page has where no limit is given.
    static let page = 20

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit takes a number from 0 on.") }
        guard [at != nil, near != nil, ranking != nil].count(where: \.self) <= 1 else {
            throw ValidationError("--at, --near, --changed, --dark and --blurred are lists of their own; choose one.")
        }
        let isNarrowed =
            selection.since != nil || selection.until != nil || print.choice != nil || marks.areGiven
            || limit != nil || order != nil || after != nil
        if at != nil, isNarrowed { throw ValidationError("--at goes with --camera alone.") }
        if let after, (after.rank != nil) != (near != nil || ranking != nil) {
            throw ValidationError("the cursor “\(after)” is of another kind of list.")
        }
    }

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        try await catalog.require(selection.camera)
        if let at { return try await show(catalog.frames(at: at, camera: selection.camera)) }
        let query = try await query(in: catalog)
        if let near {
            try await list(near: near, query, in: catalog)
        } else if list.chosen == .table, limit == nil, ranking == nil, StandardOutput.isTerminal {
            try await showPage(query, in: catalog)
        } else {
            try await list(query, limit: limit ?? ranking.map { _ in Self.page }, in: catalog)
        }
    }

    private func query(in catalog: Catalog) async throws -> FrameQuery {
        FrameQuery(
            camera: selection.camera,
            print: try await print.choice?.number(in: catalog, camera: selection.camera),
            since: selection.since, until: selection.until, excluded: marks.excluded,
            pinned: marks.pinned ? true : nil, noted: marks.noted ? true : nil,
            suspect: marks.suspect ? true : nil,
            order: order == .newest ? .newestFirst : .oldestFirst, ranking: ranking?.ranking, after: after)
    }

    /// A page for a person: the newest frames, the last one at the bottom, unless an order or a place is asked for.
    private func showPage(_ query: FrameQuery, in catalog: Catalog) async throws {
        guard order == nil, after == nil else { return try await list(query, limit: Self.page, in: catalog) }
        var query = query
        query.order = .newestFirst
        query.limit = Self.page + 1
        let newest = try await catalog.frames(query)
        var listing = Listing<ArchivedFrame>.frames(list.chosen)
        for frame in newest.prefix(Self.page).reversed() { try listing.add(frame) }
        try listing.finish(empty: "No frames.")
        guard newest.count > Self.page else { return }
        tell("Earlier ones: --order newest --after \(query.cursor(after: newest[Self.page - 1]))")
    }

    private func list(_ query: FrameQuery, limit: Int?, in catalog: Catalog) async throws {
        var query = query
        // One more shows that the list goes on.
        query.limit = limit.map { min($0, .max - 1) + 1 }
        var listing = Listing<ArchivedFrame>.frames(list.chosen, ranking: query.ranking)
        var (shown, last, isCut) = (0, ArchivedFrame?.none, false)
        try await catalog.forEachFrame(query) { frame in
            guard shown != limit else {
                isCut = true
                return
            }
            try listing.add(frame)
            (shown, last) = (shown + 1, frame)
        }
        try listing.finish(empty: "No frames.")
        if isCut, let last { tell("There are more: --after \(query.cursor(after: last))") }
    }

    private func list(near id: FrameID, _ query: FrameQuery, in catalog: Catalog) async throws {
        var (query, remaining, last, isCut) = (query, limit ?? Self.page, NearFrame?.none, false)
        var listing = Listing<NearFrame>.near(list.chosen)
        while remaining > 0 {
            query.limit = min(remaining + 1, 1000)
            let page = try await catalog.frames(near: id, query)
            for frame in page.prefix(remaining) { try listing.add(frame) }
            isCut = page.count > remaining
            last = page.prefix(remaining).last ?? last
            guard page.count == query.limit, !isCut else { break }
            remaining -= page.count
            query.after = last?.cursor
        }
        try listing.finish(empty: "No frames.")
        if isCut, let last { tell("There are more: --after \(last.cursor)") }
    }

    private func show(_ shown: [ShownFrame]) async throws {
        var listing = Listing<ShownFrame>.shown(list.chosen)
        for frame in shown { try listing.add(frame) }
        try listing.finish(empty: "Nothing was captured by then.")
        for frame in shown { frame.doubt.map(tell) }
    }

    private func tell(_ text: String) {
        if !common.messages.quiet { StandardError.write(text) }
    }
}

enum OrderChoice: String, ExpressibleByArgument, CaseIterable {
    case oldest, newest
}

/// The rankings as flags.
enum RankingChoice: String, EnumerableFlag {
    case changed, dark, blurred

    static func help(for value: RankingChoice) -> ArgumentHelp? {
        switch value {
        case .changed: "Those that changed most against the frame before, first."
        case .dark: "The darkest first, of the dark ones."
        case .blurred: "The least sharp first."
        }
    }

    var ranking: FrameRanking {
        switch self {
        case .changed: .changed
        case .dark: .dark
        case .blurred: .blurred
        }
    }
}

/// Only frames with marks.
struct MarkOptions: ParsableArguments {
    @Flag(inversion: .prefixedNo, help: "Only frames left out of exports, or only the others.")
    var excluded: Bool?

    @Flag(help: "Only frames kept from being pruned.")
    var pinned = false

    @Flag(help: "Only frames with a note.")
    var noted = false

    @Flag(help: "Only frames that may not be what the camera saw.")
    var suspect = false

    var areGiven: Bool { excluded != nil || pinned || noted || suspect }
}

extension ShownFrame {
    /// Why the frame may not be what the camera showed; `nil` where it is certain.
    fileprivate var doubt: String? {
        guard !isCertain else { return nil }
        let seen = "\(frame.camera) was last seen like this at \(frame.lastSeenAt.localText)"
        guard let gap else { return seen + "; the timeline says nothing of the time after it." }
        guard gap.isGap else { return seen + "; frames captured after it were removed." }
        let reason = gap.outcome.phrase(because: gap.detail)
        return seen + "; from \(max(gap.from, frame.lastSeenAt).localText) on nothing was captured (\(reason))."
    }
}
