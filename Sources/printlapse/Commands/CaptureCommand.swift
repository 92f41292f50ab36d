import Archive
import ArgumentParser
import Capture
import FoundationEssentials
import Logging
import Monitoring
import Tunnel
import Vocabulary

struct CaptureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture",
        abstract: "Capture snapshots into the archive; the background job.",
        usage: "printlapse capture [<camera> ...] [<options>]",
        discussion: """
            At every interval the camera is asked for its newest picture. A whole, new one is stored; every other slot is \
            recorded with its reason (see “timeline”). Near the allowance's cap capturing stops by itself and resumes after \
            the reset. Where room runs out they pause, too, and go on when there is some.

            A job without an end reads its configuration again at SIGHUP and when the file changes: cameras, room and retention. \
            Cameras that stay as they are lose no slot.

            Without an end (--slots, --frames, --for, --once) the job runs until SIGINT or SIGTERM, and ends cleanly.

            Exit codes of a job with an end: 0 pictures were seen, 3 not from every camera, 1 from none, 12 credentials were \
            refused, 13 nothing was captured because of the cap, 130 interrupted.
            """)

    @OptionGroup(title: "Cameras") var cameras: CameraOptions

    @Option(help: ArgumentHelp("End after this many slots of each camera.", valueName: "n"))
    var slots: Int?

    @Option(help: ArgumentHelp("End after this many stored frames of each camera.", valueName: "n"))
    var frames: Int?

    @Option(
        name: .customLong("for"), help: ArgumentHelp("End after this time.", valueName: "duration"),
        transform: Word.duration)
    var duration: Duration?

    @Flag(help: "One slot: the same as --slots 1.")
    var once = false

    @Option(
        help: ArgumentHelp(
            "Serve metrics for Prometheus on this port of 127.0.0.1, or at this address and port.",
            valueName: "port|address"), transform: Word.metricsAddress)
    var metrics: MetricsAddress?

    @Option(
        name: .customLong("on-event"),
        help: ArgumentHelp(
            "Run this command, or post to this URL, when a camera stops, is back or unauthorized, the cap is near or met, "
                + "the disk is low, or a print is over. For each event once.", valueName: "command|url"),
        transform: Word.eventHandler)
    var eventHandlers: [EventHandler] = []

    @Flag(help: "Print a summary as JSON at the end.")
    var json = false

    @OptionGroup(title: "Room") var room: RoomOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup(title: "Common") var common: CommonOptions

    func validate() throws {
        if let slots, slots < 1 { throw ValidationError("--slots takes a number from 1 on.") }
        if let frames, frames < 1 { throw ValidationError("--frames takes a number from 1 on.") }
        if once, slots != nil { throw ValidationError("--once and --slots contradict each other.") }
    }

    func run() async throws {
        let configuration = try common.configuration.read() ?? JobConfiguration()
        let settings = try settings(configuration)
        let end = JobEnd(slots: once ? 1 : slots, frames: frames, duration: duration)
        let frameArchive = try await FrameArchive.open(at: common.archive.path)
        let result: Result<SignalledJob.Outcome, any Error>
        do {
            result = .success(try await capture(settings, configuration, end, into: frameArchive))
        } catch {
            result = .failure(error)
        }
        try await frameArchive.close()

        let outcome = try result.get()
        try report(outcome.summary.total)
        try conclude(outcome.summary, end: end, wasSignalled: outcome.wasSignalled)
    }

    private func capture(
        _ settings: CaptureSettings, _ configuration: JobConfiguration, _ end: JobEnd, into archive: FrameArchive
    ) async throws -> SignalledJob.Outcome {
        let clock = SystemJobClock(notBefore: try newestSlot(of: settings.cameras, in: archive))
        return try await HTTPConnections.with(trusting: network.caFile) { connections in
            let teller = teller(settings.cameras, end)
            let monitor = try JobMonitor(
                monitoring(configuration), archive: archive, transport: connections, clock: clock, note: teller.note)
            let tell: @Sendable (CaptureEvent) -> Void = { event in
                teller.note(event)
                monitor.note(event)
            }
            let job = CaptureJob(
                settings, changes: end.isBounded ? nil : changes(monitor, tell), end: end, archive: archive,
                transport: connections, clock: clock, limits: network.limits, tell: tell)
            return try await SignalledJob(job, watchedBy: monitor, isQuiet: common.messages.quiet).runUntilSignalled()
        }
    }

    private func settings(_ configuration: JobConfiguration) throws -> CaptureSettings {
        CaptureSettings(
            cameras: try cameras.setups(common.configuration).map(network.applied),
            room: room.applied(to: configuration.room),
            retention: configuration.retention)
    }

    /// What a job without an end goes on with when its configuration changes.
    private func changes(
        _ monitor: JobMonitor, _ tell: @escaping @Sendable (CaptureEvent) -> Void
    ) -> AsyncStream<CaptureSettings>? {
        // An endpoint from standard input cannot be read twice, and a terminal's SIGHUP means that it is closed.
        guard cameras.endpoint.endpointFile != "-", !StandardError.isTerminal else { return nil }
        return ConfigurationWatch(
            path: common.configuration.path,
            read: { [self] in try settings(try common.configuration.read() ?? JobConfiguration()) },
            willRead: { monitor.willReload() },
            failed: { error in tell(.notReloaded(reason: explanation(of: error)?.message ?? "\(error)")) }
        ).changes()
    }

    /// The newest slot in the ledger: times go on from there even where the wall clock was set back.
    private func newestSlot(of setups: [CameraSetup], in archive: FrameArchive) throws -> Timestamp? {
        try setups.compactMap { setup in
            try archive.lastRun(of: setup.name).map { $0.until - $0.interval + .milliseconds(1) }
        }.max()
    }

    // MARK: Telling

    private func monitoring(_ configuration: JobConfiguration) -> MonitoringSettings {
        let metrics = metrics ?? configuration.metrics
        if let metrics, !metrics.isLoopback {
            StandardError.write("printlapse: whoever reaches this machine at \(metrics) can read the metrics.")
        }
        return MonitoringSettings(
            handlers: eventHandlers + configuration.eventHandlers, metrics: metrics,
            version: Printlapse.version, environment: ProcessInfo.processInfo.environment)
    }

    private func teller(_ setups: [CameraSetup], _ end: JobEnd) -> any JobTeller {
        if StandardError.isTerminal, !common.messages.quiet, !common.messages.verbose, common.messages.logFormat == nil,
            setups.count <= 20
        {
            return LiveLines(setups.map(\.name), end: end)
        }
        let handler = StandardErrorLog(
            logLevel: common.messages.quiet ? .error : common.messages.verbose ? .debug : .info,
            format: common.messages.logFormat ?? .text)
        return CaptureLog(logger: Logger(label: "printlapse") { _ in handler })
    }

    private func report(_ summary: CaptureSummary) throws {
        if json { return try JSONOutput.print(summary) }
        guard !common.messages.quiet else { return }
        let slots = SlotOutcome.allCases.compactMap { outcome in
            summary.slots[outcome].map { "\($0.grouped) \(outcome.rawValue)" }
        }
        StandardError.write(
            """
            \(summary.framesStored.counted("frame")) stored, \(summary.bytesStored); received \(summary.bytesReceived).
            Slots: \(slots.joined(separator: ", ")). Archive: \(common.archive.path)
            """)
    }

    private func conclude(_ summary: JobSummary, end: JobEnd, wasSignalled: Bool) throws {
        guard end.isBounded else { return }
        if wasSignalled { throw ExitStatus.interrupted.code }
        let cameras = summary.cameras
        let without = cameras.filter { !$0.value.sawPictures }
        guard without.count == cameras.count else {
            if !without.isEmpty { throw ExitStatus.doneInPart.code }
            return
        }
        let outcomes = cameras.values.reduce(into: Set<SlotOutcome>()) { $0.formUnion($1.slots.keys) }
        if outcomes.contains(.unauthorized) { throw ExitStatus.credentialsRefused.code }
        if outcomes.contains(.cap) { throw ExitStatus.capReached.code }
        throw ExitStatus.wrong.code
    }
}
