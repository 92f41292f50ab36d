import Archive
import ArgumentParser
import Capture
import FoundationEssentials
import HTTP
import Logging
import Monitoring
import Settings
import Storage
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

            A job without an end takes in what changes of its configuration and its credentials, and of the files that these name, \
            by itself within seconds, and at SIGHUP. Cameras that stay as they are lose no slot.

            Without an end (--slots, --frames, --for, --once) the job runs until SIGINT or SIGTERM, and ends cleanly. Timelapses \
            that make themselves (“timelapses” in the configuration) never delay an end: what is not ready then is made by the \
            next job, or by “printlapse timelapses run”, which is for those who capture by a timer.

            Exit codes of a job with an end: 0 pictures were seen, 3 not from every camera, 1 from none, 12 credentials were \
            refused, 13 nothing was captured because of the cap, 130 interrupted.
            """)

    @OptionGroup(title: "Cameras") var cameras: CameraOptions

    @OptionGroup(title: "Cameras") var endpoint: EndpointOptions

    @OptionGroup(title: "Cameras") var policy: PolicyOptions

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
            "Run this command, or post to this URL, when \(AlertKind.occasions). For each event once.",
            valueName: "command|url"),
        transform: Word.eventHandler)
    var eventHandlers: [EventHandler] = []

    @Flag(help: "Print a summary as JSON at the end.")
    var json = false

    @OptionGroup(title: "Room") var room: RoomOptions
    @OptionGroup(title: "Network") var network: NetworkOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let slots, slots < 1 { throw ValidationError("--slots takes a number from 1 on.") }
        if let frames, frames < 1 { throw ValidationError("--frames takes a number from 1 on.") }
        if once, slots != nil { throw ValidationError("--once and --slots contradict each other.") }
        if cameras.url != nil, endpoint.endpointFile != nil {
            throw ValidationError("--url and --endpoint-file both name a source; give one.")
        }
    }

    func run() async throws {
        let reading = read()
        let settings = try reading.settings.get()
        let end = JobEnd(slots: once ? 1 : slots, frames: frames, duration: duration)
        let teller = teller(settings.capture.cameras, end)
        let frameArchive: FrameArchive
        do {
            frameArchive = try await ArchiveOpening(
                path: common.archive.path, cameras: settings.capture.cameras, clock: SystemJobClock(), tell: teller.tell
            ).open(waiting: RoomWait.run)
        } catch let code as ExitCode where code == ExitStatus.interrupted.code && !end.isBounded {
            return  // stopped in good order, before there was anything to capture into
        }
        let result: Result<SignalledJob.Outcome, any Error>
        do {
            result = .success(try await capture(settings, of: reading, end, into: frameArchive, teller))
        } catch {
            result = .failure(error)
        }
        try await frameArchive.close()

        let outcome = try result.get()
        try report(outcome.summary.total)
        try conclude(outcome.summary, end: end, wasSignalled: outcome.wasSignalled)
    }

    private func capture(
        _ settings: JobSettings, of reading: SettingsReading, _ end: JobEnd, into archive: FrameArchive,
        _ teller: any JobTeller
    ) async throws -> SignalledJob.Outcome {
        let clock = SystemJobClock()
        return try await HTTPConnections.with(trusting: network.caFile) { connections in
            let maker = TimelapseProcess(words: common.timelapseWords)
            var monitoring = monitoring(settings)
            monitoring.fit = { await maker.fit($0, into: $1) }
            let monitor = try JobMonitor(
                monitoring, archive: archive, transport: connections, clock: clock, tell: teller.tell)
            let house = GalleryHouse(common, writer: archive, metrics: monitor.page) {
                teller.tell(.galleryTrouble($0))
            }
            let gallery = ChangingGallery(settings.gallery, tell: teller.tell) { try house.server($0, onListening: $1) }
            let hear: @Sendable (CaptureEvent) -> Void = { event in
                teller.tell(event)
                monitor.observe(event)
            }
            let timelapses = CaptureTimelapses(settings.timelapses, archive: archive, tell: hear) {
                try await maker.work($0)
            }
            let stores = CaptureStores(settings, archive: archive, trusting: network.caFile, tell: hear)
            let tell: @Sendable (CaptureEvent) -> Void = { event in
                hear(event)
                timelapses.observe(event)
                stores.observe(event)
                if case .slot(let report) = event, let frame = report.frame { house.stored(frame.id) }
            }
            let job = CaptureJob(
                settings.capture,
                changes: end.isBounded ? nil : changes(after: reading, monitor, gallery, timelapses, stores, tell),
                end: end,
                archive: archive,
                transport: connections, clock: clock, limits: network.limits, tell: tell)
            return try await SignalledJob(
                job, watchedBy: monitor, shownBy: gallery, filmedBy: timelapses, with: stores,
                isQuiet: common.messages.quiet
            ).runUntilSignalled()
        }
    }

    /// Reads the configuration once, and the settings that follow from it and from the files that it names.
    private func read() -> SettingsReading {
        let begun = Timestamp.wallClock
        let configuration = Result { try common.configuration.read() }
        let result = Result { try settings(try configuration.get()) }
        let configured = (try? configuration.get()) ?? JobConfiguration()
        var files = configured.files.union([common.configuration.path])
        files.formUnion(CredentialSources.standard.files(of: configured.cameras.map(\.name) + cameras.cameras))
        if let file = endpoint.endpointFile { files.insert(file) }
        if let gallery = configured.gallery { files.formUnion(GallerySetup.files(of: gallery.rules)) }
        return SettingsReading(begun: begun, settings: result, files: files)
    }

    /// What the command line says above what the configuration says.
    private func settings(_ configuration: JobConfiguration?) throws -> JobSettings {
        JobSettings(
            capture: CaptureSettings(
                cameras: try cameras.setups(
                    configuration, from: common.configuration, endpoint: endpoint, policy: policy
                ).map(network.applied),
                room: room.applied(to: configuration?.room ?? RoomRules()), retention: configuration?.retention),
            eventHandlers: eventHandlers + (configuration?.eventHandlers ?? []),
            metrics: metrics ?? configuration?.metrics,
            gallery: try configuration?.gallery.map { try GallerySetup($0.rules) },
            timelapses: TimelapseOrders(
                setups: try configuration.map { try TimelapseSetup.all($0, file: common.configuration.path) } ?? [],
                postRolls: configuration?.postRolls ?? [:]),
            offloading: configuration?.offloading.map(OffloadOrders.init),
            publishing: configuration?.publishing.map(PublishOrders.init))
    }

    /// What a job without an end goes on with when its configuration changes.
    private func changes(
        after reading: SettingsReading, _ monitor: JobMonitor, _ gallery: ChangingGallery,
        _ timelapses: CaptureTimelapses, _ stores: CaptureStores,
        _ tell: @escaping @Sendable (CaptureEvent) -> Void
    ) -> AsyncStream<CaptureSettings>? {
        // An endpoint from standard input cannot be read twice.
        guard endpoint.endpointFile != "-" else { return nil }
        return SettingsWatch(
            heedsSignal: !StandardError.isTerminal, read: { [self] in read() },
            willChange: { monitor.willReload() },
            changed: {
                monitor.change(handlers: $0.eventHandlers, metrics: $0.metrics)
                gallery.change(to: $0.gallery)
                timelapses.change(to: $0.timelapses)
                stores.change(to: $0)
            },
            failed: { error in tell(.notReloaded(reason: explanation(of: error)?.message ?? "\(error)")) }
        ).changes(after: reading)
    }

    // MARK: Telling

    private func monitoring(_ settings: JobSettings) -> MonitoringSettings {
        if let metrics = settings.metrics, !metrics.isLoopback {
            StandardError.write("printlapse: whoever reaches this machine at \(metrics) can read the metrics.")
        }
        return MonitoringSettings(
            handlers: settings.eventHandlers, metrics: settings.metrics, version: Printlapse.version,
            environment: ProcessInfo.processInfo.environment)
    }

    private func teller(_ setups: [CameraSetup], _ end: JobEnd) -> any JobTeller {
        if StandardError.canBeDrawnOver, !common.messages.quiet, !common.messages.verbose,
            common.messages.logFormat == nil
        {
            return LiveLines(setups.map(\.name), end: end)
        }
        let format = common.messages.logFormat ?? .text
        let handler = StandardErrorLog(
            logLevel: common.messages.quiet ? .error : common.messages.verbose ? .debug : .info, format: format)
        if format == .json { StandardError.tellLostLines(StandardErrorLog.lostLines) }
        let log = CaptureLog(logger: Logger(label: "printlapse") { _ in handler })
        // Programs want each slot; people want what changes.
        return format == .json || common.messages.verbose ? log : CondensedLog(log)
    }

    private func report(_ summary: CaptureSummary) throws {
        if json { return try JSONOutput.print(summary) }
        guard !common.messages.quiet else { return }
        let slots = SlotOutcome.allCases.compactMap { outcome in
            summary.slots[outcome].map { "\($0.grouped) \(outcome.phrase)" }
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
