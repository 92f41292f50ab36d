import Archive
import ServiceLifecycle
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
    let tell: @Sendable (CaptureEvent) -> Void

    /// - Throws: ``ArchiveError`` where nothing can be recorded any more.
    func run(_ camera: CameraSetup, from start: CameraStart, until stop: CameraStop) async throws -> CaptureSummary {
        let prints = PrintDesk(
            camera: camera.name, announces: camera.source.announcesPictures,
            asksOctoPrint: camera.octoPrintKey != nil && camera.endpoint != nil, archive: archive, tell: tell)
        guard let endpoint = camera.endpoint else {
            return try await run(camera, from: start, until: stop, prints: prints, client: nil)
        }
        let client = TunnelClient(endpoint: endpoint, transport: transport, limits: limits)
        // Usage is asked when the camera's turn comes: a thousand tunnels at once would be a burst of calls, each of which costs
        // the server a password hash.
        if await start.comes(by: clock, until: stop) { try await allowances.join(camera, client: client) }
        let summary = try await withThrowingTaskGroup(of: CaptureSummary?.self) { group in
            if let key = camera.octoPrintKey {
                let watch = PrinterWatch(
                    camera: camera.name, client: client, apiKey: key, prints: prints, allowances: allowances,
                    clock: clock, tell: tell)
                group.addTask { try await watch.run() }
            }
            group.addTask { try await run(camera, from: start, until: stop, prints: prints, client: client) }
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

    private func run(
        _ camera: CameraSetup, from start: CameraStart, until stop: CameraStop, prints: PrintDesk, client: TunnelClient?
    ) async throws(ArchiveError) -> CaptureSummary {
        let feed = PictureFeed(of: camera, transport: transport, limits: limits, clock: clock)
        let fetch = PictureFetch(
            camera: camera.name, feed: feed, allowances: client == nil ? nil : allowances, archive: archive,
            clock: clock, tell: tell)
        let ledger = SlotLedger(camera: camera.name, archive: archive, disk: disk, clock: clock)
        let pass = try SlotPass(
            camera: camera, fetch: fetch, prints: prints, detection: camera.policy.keepsPredictions ? client : nil,
            archive: archive, ledger: ledger, clock: clock)
        var loop = CameraLoop(
            setup: camera, end: end, start: start, stop: stop, pass: pass, archive: archive, ledger: ledger,
            disk: disk, clock: clock, tell: tell)
        return try await loop.run()
    }
}
