import ArgumentParser
import Budget
import Capture
import Catalog
import FoundationEssentials
import Tunnel
import Vocabulary

struct UsageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usage",
        abstract: "Show the tunnel's monthly allowance: used, cap, reset, and what captures cost.",
        usage: "printlapse usage [<camera>] [<options>]",
        discussion: """
            The allowance belongs to the account: all its printers and apps share it. What a capture costs is measured from \
            the readings that the archive keeps; pictures of the webcam API were seen to cost nothing.
            """)

    @Argument(help: "The camera whose tunnel it is (default: the only one).", transform: Word.camera)
    var camera: CameraName?

    @OptionGroup var endpoint: EndpointOptions

    @Option(
        help: ArgumentHelp("Where captures stop (default: 90%).", valueName: "share|size|off"), transform: Word.capStop)
    var capStop: CapStop?

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func run() async throws {
        let setup = try tunnelSetup()
        let stop = capStop ?? setup.policy.capStop
        guard let endpoint = setup.endpoint else {
            throw CommandError(
                "“\(setup.name)” is not behind a tunnel", hint: "Only tunnels have an allowance.", status: .wrong)
        }
        let reading = try await HTTPConnections.with(trusting: network.caFile) { connections in
            let client = TunnelClient(endpoint: endpoint, transport: connections, limits: network.limits)
            return try await client.usage(at: .wallClock)
        }

        var budget = Budget(stop: stop)
        try await replay(into: &budget, camera: setup.name)
        budget.record(reading)
        let account = AccountUsage(camera: setup.name, report: budget.report(at: .wallClock), stop: stop)
        if json { return try JSONOutput.print(account) }
        for line in account.lines(width: min(80, terminalWidth()), now: .wallClock) { try StandardOutput.line(line) }
    }

    /// The tunnel that was named: on the command line, in the environment, in the configuration or by its authorization.
    private func tunnelSetup() throws -> CameraSetup {
        let search = CameraSearch(configuration: common.configuration, credentials: .standard)
        let names = camera.map { [$0] } ?? []
        if let endpoint = try endpoint.endpointOnCommandLine() {
            return CameraSetup(name: try search.singleName(of: names), source: .tunnel(endpoint))
        }
        let setups = try search.setups(of: names)
        guard let setup = setups.first, setups.count == 1 else {
            throw CommandError(
                "there are \(setups.count) cameras",
                hint: "Name one of them: \(setups.map(\.name.text).joined(separator: ", ")).")
        }
        return setup
    }

    /// Measures by the readings of this month that the archive holds; without an archive nothing is measured.
    private func replay(into budget: inout Budget, camera: CameraName) async throws {
        guard FileManager.default.fileExists(atPath: common.archive.path) else { return }
        let catalog = try Catalog.open(at: common.archive.path)
        let month = Timestamp.wallClock.startOfMonth
        for stored in try await catalog.usageReadings(camera: camera, since: month).reversed() {
            budget.replay(stored.reading, received: stored.received, captures: stored.captures)
        }
    }
}
