import ArgumentParser
import Budget
import Catalog
import FoundationEssentials
import Tunnel
import Vocabulary

struct UsageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usage",
        abstract: "Show the tunnel's monthly allowance: used, cap, reset, and what captures cost.",
        discussion: """
            The allowance belongs to the account: all its printers and apps share it. What a capture costs is measured from \
            the readings that the archive keeps; pictures of the webcam API were seen to cost nothing.
            """)

    @Argument(help: "Whose readings in the archive to measure by (default: printer).")
    var camera: CameraName?

    @OptionGroup var endpoint: EndpointOptions

    @Option(help: ArgumentHelp("Where captures stop (default: 90%).", valueName: "share|size|off"))
    var capStop = CapStop.standard

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup(title: "Network") var network: NetworkOptions

    func run() async throws {
        let endpoint = try endpoint.requiredEndpoint()
        let name = try camera ?? CameraName("printer")
        let connections = try HTTPConnections(trusting: network.caFile)
        let client = TunnelClient(endpoint: endpoint, transport: connections, limits: network.limits)
        let answer: Result<UsageReading, TunnelError>
        do throws(TunnelError) {
            answer = .success(try await client.usage(at: .wallClock))
        } catch {
            answer = .failure(error)
        }
        await connections.shutdown()

        var budget = Budget(stop: capStop)
        try await replay(into: &budget, camera: name)
        budget.record(try answer.get())
        let account = AccountUsage(camera: name, report: budget.report(at: .wallClock), stop: capStop)
        if json { return try JSONOutput.print(account) }
        for line in account.lines(width: min(80, terminalWidth()), now: .wallClock) { try StandardOutput.line(line) }
    }

    /// Measures by the readings of this month that the archive holds; without an archive nothing is measured.
    private func replay(into budget: inout Budget, camera: CameraName) async throws {
        guard FileManager.default.fileExists(atPath: archive.path) else { return }
        let catalog = try Catalog.open(at: archive.path)
        let month = Timestamp.wallClock.startOfMonth
        for stored in try await catalog.usageReadings(camera: camera, since: month).reversed() {
            budget.replay(stored.reading, received: stored.received, captures: stored.captures)
        }
    }
}
