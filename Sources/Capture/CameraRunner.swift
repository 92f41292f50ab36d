import Archive
import HTTP
import ServiceLifecycle
import Storage
import Tunnel
import Vocabulary

/// Runs one camera with all that belongs to it: its sources, its prints, its part of an allowance.
struct CameraRunner: Sendable {
    let end: JobEnd
    let allowances: Allowances
    let archive: FrameArchive
    let transport: any HTTPTransport
    let clock: any JobClock
    let limits: TunnelLimits
    let disk: DiskWatch
    let watch: ClockWatch
    let tell: @Sendable (CaptureEvent) -> Void

    /// - Throws: ``ArchiveError`` where nothing can be recorded any more.
    func run(_ camera: CameraSetup, from start: CameraStart, until stop: CameraStop) async throws -> CaptureSummary {
        let parts = try parts(of: camera, from: start, until: stop)
        guard let tunnel = parts.tunnel else {
            return try await loop(of: camera, from: start, until: stop, parts).run()
        }
        // Usage is asked when the camera's turn comes: a thousand tunnels at once would be a burst of calls, each of which costs
        // the server a password hash.
        if await start.comes(by: clock, until: stop) {
            try await allowances.join(camera, client: tunnel.client, pulse: tunnel.pulse)
        }
        let summary = try await withThrowingTaskGroup(of: CaptureSummary?.self) { group in
            if let printer = parts.printer { group.addWorkBeside(nil) { try await printer.run() } }
            if let live = parts.live { group.addWorkBeside(nil) { try await live.run() } }
            group.addTask { try await loop(of: camera, from: start, until: stop, parts).run() }
            defer { group.cancelAll() }
            while let ended = try await group.next() {
                if let summary = ended { return summary }
            }
            throw CancellationError()
        }
        // A job that is being stopped does not wait for one more reading.
        try await allowances.leave(
            camera.name, readsOnceMore: !Task.isShuttingDownGracefully && !stop.isRequested)
        return summary
    }

    /// What one camera's slots work with.
    private struct Parts: Sendable {
        let prints: CameraPrints
        let source: PictureFeed.Source
        var live: LiveCamera?
        /// `nil` for a camera that is behind none.
        var tunnel: (client: TunnelClient, pulse: TunnelPulse)?
        var printer: PrinterWatch?
    }

    // What is made once is made apart from what waits for as long as the camera lives, and would be held as long.

    /// - Throws: ``ArchiveError`` where the camera's open print cannot be read.
    @inline(never)
    private func parts(
        of camera: CameraSetup, from start: CameraStart, until stop: CameraStop
    ) throws(ArchiveError) -> Parts {
        let open = try archive.openPrint(of: camera.name)
        // After a leap of the clock it was seen just now, whatever the instants say.
        let tracker = open.map { open in
            PrintTracker(goingOnWith: open.job, seenAt: start.isAfterLeap ? clock.now() : min(open.seenAt, clock.now()))
        }
        let prints = CameraPrints(
            camera: camera.name, announces: camera.source.announcesPictures,
            asksOctoPrint: camera.octoPrintKey != nil && camera.endpoint != nil, tracker: tracker ?? PrintTracker(),
            clock: watch, archive: archive, tell: tell)
        guard let endpoint = camera.endpoint else {
            let feed = PictureFeed(of: camera, transport: transport, limits: limits, clock: clock)
            return Parts(prints: prints, source: feed.primary)
        }
        let pulse = TunnelPulse(of: endpoint, through: transport)
        let client = TunnelClient(endpoint: endpoint, transport: pulse, limits: limits)
        let feed = PictureFeed(of: camera, transport: pulse, limits: limits, clock: clock)
        let live = feed.live.map { source in
            LiveCamera(camera: camera.name, interval: camera.policy.interval, clock: clock, tell: tell) {
                fetch(source, of: camera, until: stop)
            }
        }
        let printer = camera.octoPrintKey.map { key in
            PrinterWatch(
                camera: camera.name, client: client, pulse: pulse, apiKey: key, prints: prints, allowances: allowances,
                clock: clock, tell: tell)
        }
        return Parts(prints: prints, source: feed.primary, live: live, tunnel: (client, pulse), printer: printer)
    }

    private func fetch(_ source: PictureFeed.Source, of camera: CameraSetup, until stop: CameraStop) -> PictureFetch {
        PictureFetch(
            camera: camera.name, source: source, allowances: camera.endpoint.map { _ in allowances }, archive: archive,
            clock: clock, stop: stop, tell: tell)
    }

    @inline(never)
    private func loop(
        of camera: CameraSetup, from start: CameraStart, until stop: CameraStop, _ parts: Parts
    ) throws(ArchiveError) -> CameraLoop {
        let ledger = SlotLedger(camera: camera.name, archive: archive, disk: disk, clock: clock)
        let pass = try SlotPass(
            camera: camera, fetch: fetch(parts.source, of: camera, until: stop), live: parts.live, prints: parts.prints,
            detection: camera.policy.keepsPredictions ? parts.tunnel?.client : nil, archive: archive, ledger: ledger,
            clock: clock, tell: tell)
        return CameraLoop(
            setup: camera, end: end, start: start, stop: stop, pass: pass, pulse: parts.tunnel?.pulse, watch: watch,
            archive: archive, ledger: ledger, disk: disk, clock: clock, tell: tell)
    }
}
