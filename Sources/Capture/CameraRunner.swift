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
            let fetch = fetch(feed.primary, of: camera, allowances: nil, until: stop)
            return try await run(camera, from: start, until: stop, Parts(prints: prints, fetch: fetch))
        }
        let pulse = TunnelPulse(of: endpoint, through: transport)
        let client = TunnelClient(endpoint: endpoint, transport: pulse, limits: limits)
        let feed = PictureFeed(of: camera, transport: pulse, limits: limits, clock: clock)
        let fetch = fetch(feed.primary, of: camera, allowances: allowances, until: stop)
        let live = feed.live.map { source in
            LiveCamera(
                camera: camera.name, interval: camera.policy.interval,
                fetch: self.fetch(source, of: camera, allowances: allowances, until: stop), clock: clock, tell: tell)
        }
        let parts = Parts(prints: prints, fetch: fetch, live: live, pulse: pulse, client: client)
        // Usage is asked when the camera's turn comes: a thousand tunnels at once would be a burst of calls, each of which costs
        // the server a password hash.
        if await start.comes(by: clock, until: stop) { try await allowances.join(camera, client: client, pulse: pulse) }
        let summary = try await withThrowingTaskGroup(of: CaptureSummary?.self) { group in
            if let key = camera.octoPrintKey {
                let watch = PrinterWatch(
                    camera: camera.name, client: client, pulse: pulse, apiKey: key, prints: prints,
                    allowances: allowances, clock: clock, tell: tell)
                group.addWorkBeside(nil) { try await watch.run() }
            }
            if let live { group.addWorkBeside(nil) { try await live.run() } }
            group.addTask { try await run(camera, from: start, until: stop, parts) }
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
        let fetch: PictureFetch
        var live: LiveCamera?
        var pulse: TunnelPulse?
        var client: TunnelClient?
    }

    private func fetch(
        _ source: PictureFeed.Source, of camera: CameraSetup, allowances: Allowances?, until stop: CameraStop
    ) -> PictureFetch {
        PictureFetch(
            camera: camera.name, source: source, allowances: allowances, archive: archive, clock: clock, stop: stop,
            tell: tell)
    }

    private func run(
        _ camera: CameraSetup, from start: CameraStart, until stop: CameraStop, _ parts: Parts
    ) async throws(ArchiveError) -> CaptureSummary {
        let ledger = SlotLedger(camera: camera.name, archive: archive, disk: disk, clock: clock)
        let pass = try SlotPass(
            camera: camera, fetch: parts.fetch, live: parts.live, prints: parts.prints,
            detection: camera.policy.keepsPredictions ? parts.client : nil, archive: archive, ledger: ledger,
            clock: clock, tell: tell)
        var loop = CameraLoop(
            setup: camera, end: end, start: start, stop: stop, pass: pass, pulse: parts.pulse, watch: watch,
            archive: archive,
            ledger: ledger, disk: disk, clock: clock, tell: tell)
        return try await loop.run()
    }
}
