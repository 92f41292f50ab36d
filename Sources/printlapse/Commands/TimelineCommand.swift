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
            """)

    @OptionGroup(title: "Which slots") var selection: SelectionOptions

    @Flag(help: "Only the holes: slots in which the camera's state is not known.")
    var gaps = false

    @Option(help: ArgumentHelp("At most this many runs, the newest.", valueName: "n"))
    var limit: Int?

    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        let newest = try await catalog.timeline(
            camera: selection.camera, since: selection.since, until: selection.until, gapsOnly: gaps, limit: limit,
            order: .newestFirst)
        var listing = Listing<LedgerRun>.runs(list.chosen)
        for run in newest.reversed() { try listing.add(run) }
        try listing.finish(empty: gaps ? "No holes." : "No slots.")
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
                Column(title: "outcome", isFlexible: true) {
                    [$0.outcome.rawValue, $0.detail].compactMap(\.self).joined(separator: ": ")
                },
                Column(title: "frame", alignment: .right) { $0.frame.map { "\($0)" } ?? "–" },
            ],
            csv: ["camera", "outcome", "detail", "from", "until", "slots", "bytes", "frame", "removed"],
            values: { run in
                [
                    run.camera.text, run.outcome.rawValue, run.detail, "\(run.from)", "\(run.until)", "\(run.slots)",
                    "\(run.bytes.bytes)", run.frame.map { "\($0)" }, "\(run.removed)",
                ]
            })
    }
}
