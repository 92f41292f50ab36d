import Archive
import ArgumentParser
import Catalog
import Vocabulary

struct TimelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Show what became of every slot: what was captured when, and why there are holes.",
        usage: "printlapse timeline [--gaps] [<options>]",
        discussion: """
            A line is a run of slots with one outcome: stored, duplicate (the last kept picture again), unchanged (known before \
            it was fetched), no_picture, rejected (not a sound JPEG), cap (near the allowance's end), offline (the printer is \
            not connected), timeout, unauthorized, unavailable (the server does not work), disk, or missed (the program was \
            not running, the slot before was busy, or the machine slept).

            A terminal shows a bar for each camera and the newest 20 runs; everything else gets all of them.

            Examples:
              printlapse timeline --gaps --since 7d
              printlapse timeline --outcome rejected --camera printer
            """)

    @OptionGroup(title: "Which slots") var selection: SelectionOptions

    @Flag(help: "Only the holes: slots in which the camera's state is not known.")
    var gaps = false

    @Option(
        help: ArgumentHelp("Only slots that went this way; may be given again.", valueName: "outcome"),
        completion: .list(SlotOutcome.allCases.map(\.rawValue)), transform: Self.slotOutcome)
    var outcome: [SlotOutcome] = []

    @Option(help: ArgumentHelp("At most this many runs: the newest, or the first in --order.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("Begin with the oldest or the newest.", valueName: "oldest|newest"))
    var order: OrderChoice?

    @Option(
        help: ArgumentHelp("Only what follows this place, as the page before told it.", valueName: "place"),
        transform: Self.place)
    var after: TimelineCursor?

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    /// Rows that a terminal shows where no limit is given.
    private static let page = 20

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit takes a number from 0 on.") }
    }

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        try await catalog.require(selection.camera)
        var query = TimelineQuery(
            camera: selection.camera, since: selection.since, until: selection.until, outcomes: outcomes,
            order: order == .newest ? .newestFirst : .oldestFirst, after: after)
        let isTerminal = list.chosen == .table && StandardOutput.isTerminal
        if isTerminal { try await drawBars(catalog) }
        let rows = limit ?? (isTerminal ? Self.page : nil)
        // Unless an order or a place is asked for, a limit leaves the newest runs, and the last one is at the end.
        let isOfNewest = order == nil && after == nil
        if isOfNewest, let rows { query.after = try await catalog.place(beforeNewest: rows, of: query) }
        try await show(query, rows: rows, isOfNewest: isOfNewest, in: catalog)
        if gaps { try await tellHoles(catalog.summary(of: query)) }
    }

    private func show(_ query: TimelineQuery, rows: Int?, isOfNewest: Bool, in catalog: Catalog) async throws {
        var query = query
        // One more shows that the list goes on.
        query.limit = rows.map { min($0, .max - 1) + 1 }
        var listing = Listing<LedgerRun>.runs(list.chosen)
        var (shown, first, last, isCut) = (0, LedgerRun?.none, LedgerRun?.none, false)
        try await catalog.forEachRun(query) { run in
            guard shown != rows else {
                isCut = true
                return
            }
            try listing.add(run)
            (shown, first, last) = (shown + 1, first ?? run, run)
        }
        try listing.finish(empty: gaps ? "No holes." : "No slots.")
        if isOfNewest, query.after != nil, let first {
            tell("These are the newest; earlier ones: --order newest --after '\(TimelineCursor(after: first))'")
        } else if !isOfNewest, isCut, let last {
            tell("There are more: --after '\(TimelineCursor(after: last))'")
        }
    }

    private func tell(_ text: String) {
        if !common.messages.quiet { StandardError.write(text) }
    }

    private var outcomes: Set<SlotOutcome>? {
        let chosen = outcome.isEmpty ? nil : Set(outcome)
        guard gaps else { return chosen }
        return chosen?.intersection(SlotOutcome.gaps) ?? SlotOutcome.gaps
    }

    private func drawBars(_ catalog: Catalog) async throws {
        let width = TerminalSize.current.columns
        let coverage = try await catalog.coverage(
            camera: selection.camera, since: selection.since, until: selection.until,
            cells: TimelineBars.cells(width: width))
        guard let coverage else { return }
        for line in TimelineBars(coverage: coverage).lines + [""] { try StandardOutput.line(line) }
    }

    private func tellHoles(_ holes: TimelineSummary) {
        guard let longest = holes.longest else { return }
        let reason = longest.outcome.phrase(because: longest.detail)
        tell(
            holes.runs == 1
                ? "1 hole, \(holes.duration.shortText): \(reason)"
                : "\(holes.runs.counted("hole")), \(holes.duration.shortText) in all; "
                    + "the longest \(holes.longestDuration.shortText): \(reason)")
    }

    private static func slotOutcome(_ text: String) throws -> SlotOutcome {
        guard let outcome = SlotOutcome(rawValue: text) else {
            throw ValidationError("it is one of \(SlotOutcome.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return outcome
    }

    private static func place(_ text: String) throws -> TimelineCursor {
        guard let place = TimelineCursor(text) else {
            throw ValidationError("a place is written as 2026-11-23T14:05:00.000Z/printer.")
        }
        return place
    }
}

extension Listing<LedgerRun> {
    static func runs(_ format: ListFormat) -> Self {
        Listing(
            format,
            columns: [
                Column(title: "camera", isFlexible: true) { $0.camera.text },
                Column(title: "from") { $0.from.localText },
                Column(title: "for", alignment: .right) { ($0.until - $0.from).shortText },
                Column(title: "slots", alignment: .right) { $0.slots.grouped },
                Column(title: "outcome", isFlexible: true) { run in
                    let outcome = run.outcome.phrase(because: run.detail)
                    return run.removed > 0 ? "\(outcome), \(run.removed.grouped) removed" : outcome
                },
                Column(title: "frame", alignment: .right) { $0.frame.map { "\($0)" } ?? "–" },
            ])
    }
}
