import Archive
import ArgumentParser
import Catalog
import Vocabulary

struct FramesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frames",
        abstract: "List frames of the archive.",
        usage: "printlapse frames [<options>]",
        discussion: """
            Without a limit a terminal shows the newest 20 frames, and JSON, NDJSON and CSV give all of them.

            Examples:
              printlapse frames --since 2h
              printlapse frames --camera printer --since 2026-11-23 --format csv > frames.csv
            """)

    @OptionGroup(title: "Which frames") var selection: SelectionOptions

    @Option(
        name: .customLong("print"), help: ArgumentHelp("Only this print's; its number in the archive.", valueName: "n"))
    var printNumber: Int64?

    @Option(help: ArgumentHelp("At most this many.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("Oldest or newest first (default: oldest).", valueName: "oldest|newest"))
    var order: OrderChoice?

    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    /// Rows that a terminal shows where no limit is given.
    static let page = 20

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit takes a number from 0 on.") }
    }

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        var query = FrameQuery()
        query.camera = selection.camera
        query.print = printNumber
        query.since = selection.since
        query.until = selection.until
        query.order = order == .newest ? .newestFirst : .oldestFirst
        query.limit = limit

        let isPage = list.chosen == .table && limit == nil && StandardOutput.isTerminal
        let total = isPage ? try await catalog.count(query).frames : 0
        var listing = Listing<ArchivedFrame>.frames(list.chosen)
        if isPage, order == nil, total > Self.page {
            query.order = .newestFirst
            query.limit = Self.page
            for frame in try await catalog.frames(query).reversed() { try listing.add(frame) }
        } else {
            if isPage { query.limit = Self.page }
            try await catalog.forEachFrame(query) { frame in try listing.add(frame) }
        }
        try listing.finish(empty: "No frames.")
        if total > Self.page, !common.messages.quiet {
            StandardError.write("\(Self.page) of \(total.counted("frame")); --limit \(total) shows all.")
        }
    }
}

enum OrderChoice: String, ExpressibleByArgument, CaseIterable {
    case oldest, newest
}

extension Listing<ArchivedFrame> {
    static func frames(_ format: ListFormat) -> Self {
        Listing(
            format,
            columns: [
                Column(title: "id", alignment: .right) { "\($0.id)" },
                Column(title: "camera", isFlexible: true) { $0.camera.text },
                Column(title: "captured") { $0.capturedAt.localText },
                Column(title: "size") { "\($0.size)" },
                Column(title: "bytes", alignment: .right) { "\($0.bytes)" },
                Column(title: "seen", alignment: .right) { $0.seen.grouped },
                Column(title: "print", alignment: .right) { $0.print.map(String.init) ?? "–" },
                Column(title: "variant") { $0.variant?.rawValue ?? "–" },
            ],
            csv: [
                "id", "camera", "captured_at", "last_seen_at", "seen", "width", "height", "bytes", "sha256",
                "perceptual_hash", "print", "variant", "source", "excluded", "pinned", "taken_at",
            ],
            values: { frame in
                [
                    "\(frame.id)", frame.camera.text, "\(frame.capturedAt)", "\(frame.lastSeenAt)", "\(frame.seen)",
                    "\(frame.size.width)", "\(frame.size.height)", "\(frame.bytes.bytes)", "\(frame.sha256)",
                    "\(frame.perceptualHash)", frame.print.map(String.init), frame.variant?.rawValue,
                    frame.source.rawValue, "\(frame.excluded)", "\(frame.pinned)", frame.takenAt.map { "\($0)" },
                ]
            })
    }
}
