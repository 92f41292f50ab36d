import ArgumentParser
import Catalog
import Vocabulary

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract:
            "Show totals: frames, bytes, repeats dropped, slots by outcome, and each hour, day, camera and print.",
        usage: "printlapse stats [--by day|hour|camera|print] [<options>]",
        discussion: """
            A terminal shows when frames were captured as a map of days and hours, in local time, of the newest 14 days or of \
            those that --since asks for. Tables have local time as well; in JSON, NDJSON and CSV days and hours are in UTC.

            Examples:
              printlapse stats --since 7d
              printlapse stats --by day --format csv > days.csv
            """)

    @OptionGroup(title: "Of what") var selection: SelectionOptions

    @Option(help: ArgumentHelp("List the frames by this.", valueName: "day|hour|camera|print"))
    var by: Grouping?

    @OptionGroup var list: ListOptions
    @OptionGroup var common: CommonOptions

    enum Grouping: String, ExpressibleByArgument, CaseIterable {
        case day, hour, camera, print
    }

    /// Days that the map has where nothing else is asked for.
    private static let days = 14
    /// Rows of days, hours or prints that a terminal shows.
    private static let page = 20

    func validate() throws {
        guard by != nil || list.chosen == .table || list.chosen == .json else {
            throw ValidationError("--format \(list.chosen.rawValue) lists rows: say of what, as --by day.")
        }
    }

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        try await catalog.require(selection.camera)
        let statistics = try await catalog.statistics(
            camera: selection.camera, since: selection.since, until: selection.until)
        let isTerminal = list.chosen == .table && StandardOutput.isTerminal
        let map = HeatMap(statistics.hours, newest: selection.since == nil ? Self.days : nil).lines
        switch by {
        case nil where list.chosen == .json: try JSONOutput.print(statistics)
        case nil: try write(StatisticsText(statistics, map: isTerminal ? map : nil).lines)
        case .day:
            if isTerminal { try write(map + [""]) }
            let days = list.chosen == .table ? statistics.days(offset: \.localOffset) : statistics.days
            try rows(days, .days(list.chosen), isTerminal)
        case .hour:
            if isTerminal { try write(map + [""]) }
            try rows(statistics.hours, .hours(list.chosen), isTerminal)
        case .camera: try rows(statistics.cameras, .cameras(list.chosen), false)
        case .print: try rows(statistics.prints, .prints(list.chosen), isTerminal)
        }
    }

    private func write(_ lines: [String]) throws {
        for line in lines { try StandardOutput.line(line) }
    }

    private func rows<Row>(_ rows: [Row], _ listing: Listing<Row>, _ isPage: Bool) throws {
        var listing = listing
        for row in isPage ? rows.suffix(Self.page) : rows[...] { try listing.add(row) }
        try listing.finish(empty: "No frames.")
        if isPage, rows.count > Self.page, !common.messages.quiet {
            StandardError.write("The newest \(Self.page) of \(rows.count.grouped); --format csv gives all.")
        }
    }
}

extension Listing<Statistics.Day> {
    fileprivate static func days(_ format: ListFormat) -> Self {
        counted(format, "day", \.day, \.frames, \.bytes)
    }
}

extension Listing<Statistics.Hour> {
    fileprivate static func hours(_ format: ListFormat) -> Self {
        counted(format, "hour", { $0.hour.localMinuteText }, \.frames, \.bytes)
    }
}

extension Listing<Statistics.Camera> {
    fileprivate static func cameras(_ format: ListFormat) -> Self {
        counted(format, "camera", \.camera, \.frames, \.bytes)
    }
}

extension Listing {
    /// A name, frames and bytes.
    private static func counted(
        _ format: ListFormat, _ title: String, _ name: @escaping (Row) -> String, _ frames: @escaping (Row) -> Int,
        _ bytes: @escaping (Row) -> Int64
    ) -> Self {
        Listing(
            format,
            columns: [
                Column(title: title, isFlexible: true, text: name),
                Column(title: "frames", alignment: .right) { frames($0).grouped },
                Column(title: "bytes", alignment: .right) { "\(ByteCount(bytes($0)))" },
            ])
    }
}

extension Listing<Statistics.Print> {
    fileprivate static func prints(_ format: ListFormat) -> Self {
        Listing(
            format,
            columns: [
                Column(title: "print", alignment: .right) { "\($0.print)" },
                Column(title: "camera", isFlexible: true) { $0.camera },
                Column(title: "name", isFlexible: true) { $0.name?.printable ?? "–" },
                Column(title: "frames", alignment: .right) { $0.frames.grouped },
                Column(title: "bytes", alignment: .right) { "\(ByteCount($0.bytes))" },
            ])
    }
}
