import ArgumentParser
import Capture
import Catalog
import Monitoring
import Settings
import Vocabulary

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Is it working? One line a camera; the exit code serves as a health check.",
        usage: "printlapse status [<camera> ...] [<options>]",
        discussion: """
            A camera is well when its slots have outcomes, the last one no longer ago than three intervals and 30 s, and have \
            not been failing for longer than --max-age. An idle printer is well, and so is a camera that is paused for the \
            sake of the allowance. Refused credentials are not: authorize again. Nor is a camera that is frozen: it has \
            shown the very same picture for an hour (frozen_after in the configuration) while something prints.

            On a hub that follows other machines there is a line for each of them: its last segment, when that was told, and \
            how many more there were at the last look. A machine with which something is wrong is not well; one that is retired \
            is neither.

            Only the archive is read, also while a capture writes to it.

            Exit codes: 0 every camera is well, 1 not every one, 10 there is no archive.
            """)

    @Argument(
        help: "The cameras (default: those of the configuration, without one all in the archive).",
        completion: .cameras, transform: Word.camera)
    var cameras: [CameraName] = []

    @Option(
        help: ArgumentHelp("How long slots may fail before that counts (default: 5m).", valueName: "duration"),
        transform: Word.duration)
    var maxAge: Duration?

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let catalog = try Catalog.open(at: common.archive.path)
        let now = Timestamp.wallClock
        let (configured, isConfigurationRight) = configuredCameras()
        let archived = cameras.isEmpty && configured == nil ? try await catalog.cameraNames() : []
        // How well another machine's camera is, that machine knows.
        let others = Set(try await catalog.followedMachines().flatMap(\.cameras))
        let asked = cameras.isEmpty ? configured?.map(\.name) ?? archived : cameras
        let names = asked.filter { !others.contains($0.text) }
        let reader = StatusReader(catalog: catalog, configured: configured ?? [], patience: maxAge)
        var report = try await reader.report(of: reader.cameras(names, at: now), at: now)
        if !cameras.isEmpty { report.narrow(toMachinesOf: cameras) }
        if json {
            try JSONOutput.print(report)
        } else if !common.messages.quiet {
            let width = StandardOutput.isTerminal ? TerminalSize.current.columns : 80
            for line in report.lines(width: width) { try StandardOutput.line(line) }
        }
        if !report.isHealthy || !isConfigurationRight { throw ExitStatus.wrong.code }
    }

    /// A configuration that is wrong is no reason to say nothing of a capture that goes on with what it was.
    private func configuredCameras() -> (cameras: [JobConfiguration.Camera]?, isRight: Bool) {
        do {
            return (try common.configuration.read()?.cameras, true)
        } catch {
            StandardError.write("printlapse: \(explanation(of: error)?.message ?? "\(error)")")
            return (nil, false)
        }
    }
}
