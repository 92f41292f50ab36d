import ArgumentParser
import Budget
import Capture
import Catalog
import HTTP
import Settings
import Tunnel
import Vocabulary

struct UsageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usage",
        abstract: "Show the tunnel's monthly allowance: used and by whom, reset, what captures cost, the forecast.",
        usage: """
            printlapse usage [<camera>] [<options>]
            printlapse usage [<camera>] --history [<options>]
            """,
        discussion: """
            The allowance belongs to the account: all its printers and apps share it. What a capture costs is measured from \
            the readings that the archive keeps; pictures of the webcam API were seen to cost nothing. Days are those of UTC, \
            in which the server counts.

            With --history the readings of the archive are listed, and nobody is asked.
            """)

    @Argument(
        help: "The camera whose tunnel it is (default: the only one).", completion: .cameras, transform: Word.camera)
    var camera: CameraName?

    @OptionGroup var endpoint: EndpointOptions

    @Option(
        help: ArgumentHelp("Where captures stop (default: 90%).", valueName: "share|size|off"), transform: Word.capStop)
    var capStop: CapStop?

    @Option(
        help: ArgumentHelp(
            "What captures leave for your own use (default: none).", valueName: "share|size|none"),
        transform: Word.ownersReserve)
    var reserve: OwnersReserve?

    @Flag(help: "List the readings that the archive has.")
    var history = false

    @OptionGroup(title: "With --history") var readings: HistoryOptions
    @OptionGroup var list: ListOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !history else { return }
        if readings.isGiven { throw ValidationError("--since, --until and --limit go with --history.") }
        if list.chosen != .table, list.chosen != .json {
            throw ValidationError("--format \(list.chosen.rawValue) goes with --history.")
        }
    }

    func run() async throws {
        if history { return try await listHistory() }
        if let camera { try await requireOwn(camera) }
        let configuration = Result { try common.configuration.read() }
        let setup = try tunnelSetup(configuration)
        guard let endpoint = setup.endpoint else {
            throw CommandError(
                "“\(setup.name)” is not behind a tunnel", hint: "Only tunnels have an allowance.", status: .wrong)
        }
        let reading = try await HTTPConnections.with(trusting: network.caFile) { connections in
            let client = TunnelClient(endpoint: endpoint, transport: connections, limits: network.limits)
            return try await client.usage(at: .wallClock)
        }

        let now = reading.readAt
        var budget = Budget(stop: capStop ?? setup.policy.capStop, ownersReserve: reserve ?? setup.policy.ownersReserve)
        let stored = try await AccountReadings(
            of: setup.name, declared: try configuration.get()?.accounts ?? [:], archive: common.archive.path,
            at: now)
        stored.replayed(into: &budget)
        let steps = stored.steps + [UsageStep(reading, budget.record(reading))]
        let report = budget.report(at: now)
        let account = AccountUsage(
            camera: setup.name, report: report, forecast: Forecast(from: steps, report, at: now),
            running: try await stored.runningSlots(of: setup.name, at: now))
        if list.chosen == .json { return try JSONOutput.print(account) }
        for line in account.lines(width: min(80, TerminalSize.current.columns), now: now) {
            try StandardOutput.line(line)
        }
    }

    /// Readings do not travel: what another machine's camera uses, that machine knows.
    private func requireOwn(_ camera: CameraName) async throws {
        guard let catalog = try? Catalog.open(at: common.archive.path) else { return }
        defer { try? catalog.close() }
        let machines = try await catalog.followedMachines()
        guard let machine = machines.first(where: { $0.cameras.contains(camera.text) }) else { return }
        throw CommandError(
            "the allowance of “\(camera)” is not told here: it belongs to the machine “\(machine.name.printable)”",
            hint: "Ask there: printlapse usage '\(camera)'.", status: .wrong)
    }

    private func listHistory() async throws {
        if let camera { try await requireOwn(camera) }
        let catalog = try Catalog.open(at: common.archive.path)
        let newest = try await catalog.usageReadings(
            camera: camera, since: readings.since, until: readings.until, limit: readings.limit)
        var listing = Listing<UsageRecord>.usage(list.chosen)
        for record in newest.reversed() { try listing.add(record) }
        try listing.finish(empty: "No readings.")
    }

    /// The tunnel that was named: on the command line, in the environment, in the configuration or by its authorization.
    private func tunnelSetup(_ configuration: Result<JobConfiguration?, any Error>) throws -> CameraSetup {
        let search = CameraSearch(reading: configuration.get, from: common.configuration)
        let names = camera.map { [$0] } ?? []
        if let endpoint = try endpoint.endpointOnCommandLine() {
            return CameraSetup(name: try search.singleName(of: names), source: .tunnel(endpoint))
        }
        return try search.onlySetup(of: names)
    }
}

/// Which of the archive's readings.
struct HistoryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Only from this time on: 2026-11-23, 14:05, 2h (back from now).", valueName: "time"),
        transform: Word.time)
    var since: Timestamp?

    @Option(help: ArgumentHelp("Only before this time.", valueName: "time"), transform: Word.time)
    var until: Timestamp?

    @Option(help: ArgumentHelp("At most this many, the newest.", valueName: "n"))
    var limit: Int?

    var isGiven: Bool { since != nil || until != nil || limit != nil }

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit takes a number from 0 on.") }
    }
}
