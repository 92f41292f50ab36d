import Archive
import ServiceLifecycle
import Vocabulary

/// One camera's life in the job: its grid of slots, one after the other, until the job or its own end.
struct CameraLoop {
    let setup: CameraSetup
    let end: JobEnd
    let archive: FrameArchive
    let clock: any JobClock
    let tell: @Sendable (CaptureEvent) -> Void
    private var pass: SlotPass
    private var backOff = BackOff()
    private var generator = SystemRandomNumberGenerator()
    /// The last report of a slot in which the camera was asked: skipped slots repeat its outcome.
    private var lastReport: SlotReport?

    init(
        setup: CameraSetup, end: JobEnd, pass: SlotPass, archive: FrameArchive, clock: any JobClock,
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        self.setup = setup
        self.end = end
        self.pass = pass
        self.archive = archive
        self.clock = clock
        self.tell = tell
    }

    /// Runs slots until the end, a graceful shutdown or cancellation.
    ///
    /// - Throws: ``ArchiveError`` where nothing can be recorded any more.
    mutating func run() async throws(ArchiveError) -> CaptureSummary {
        let start = clock.now()
        try await accountForDowntime(until: start)
        var summary = CaptureSummary(from: start)
        var schedule = SlotSchedule(grid: SlotGrid(start: start, interval: setup.interval))
        tell(.started(setup.name, interval: setup.interval))

        while !hasEnded(summary, since: start, next: schedule) {
            guard await wakes(at: schedule.grid.slot(schedule.next).due) else { break }
            let woken = schedule.wake(at: clock.now())
            try await miss(woken.missed, of: schedule.grid, detail: "asleep", &summary)

            let report = try await runOrSkip(schedule.grid.slot(woken.current))
            summary.add(report)
            tell(.slot(report))
            if report.disposition == .askUser, end.isBounded { break }

            try await miss(schedule.finished(at: clock.now()), of: schedule.grid, detail: "busy", &summary)
        }
        summary.until = clock.now()
        tell(.ended(setup.name))
        return summary
    }

    private func hasEnded(_ summary: CaptureSummary, since start: Timestamp, next schedule: SlotSchedule) -> Bool {
        if Task.isShuttingDownGracefully || Task.isCancelled { return true }
        if let slots = end.slots, schedule.next >= slots { return true }
        if let frames = end.frames, summary.framesStored >= frames { return true }
        if let duration = end.duration, schedule.grid.slot(schedule.next).due >= start + duration { return true }
        return false
    }

    /// `false` where the job is told to stop first.
    private func wakes(at instant: Timestamp) async -> Bool {
        do {
            try await cancelWhenGracefulShutdown { [clock] in try await clock.sleep(until: instant) }
            return !Task.isShuttingDownGracefully
        } catch {
            return false
        }
    }

    /// A camera that is being left alone is not asked; its slots go on having the outcome that it had.
    private mutating func runOrSkip(_ slot: Slot) async throws(ArchiveError) -> SlotReport {
        if backOff.isWaiting(at: clock.now()), let last = lastReport {
            let report = SlotReport(
                camera: setup.name, slot: slot, outcome: last.outcome, detail: last.detail,
                disposition: last.disposition)
            try await archive.record(
                report.outcome, detail: report.detail, for: slot, camera: setup.name, received: .zero, seen: nil)
            return report
        }
        let report = try await pass.run(slot)
        lastReport = report
        if report.isFailure {
            backOff.failed(report.disposition, at: clock.now(), using: &generator)
        } else {
            backOff.succeeded()
        }
        return report
    }

    private func miss(
        _ slots: Range<Int>, of grid: SlotGrid, detail: String, _ summary: inout CaptureSummary
    ) async throws(ArchiveError) {
        guard !slots.isEmpty else { return }
        summary.addMissed(slots.count)
        try await recordMissed(
            from: grid.slot(slots.lowerBound).due, slots: slots.count, interval: grid.interval, detail: detail)
    }

    /// The slots that went by while the program was not running, from the ledger's last run on.
    private func accountForDowntime(until start: Timestamp) async throws(ArchiveError) {
        guard let last = try archive.lastRun(of: setup.name),
            let downtime = Downtime(after: last.until, interval: last.interval, until: start)
        else { return }
        try await recordMissed(
            from: downtime.first, slots: downtime.slots, interval: downtime.interval, detail: "not_running")
    }

    private func recordMissed(
        from first: Timestamp, slots: Int, interval: Duration, detail: String
    ) async throws(ArchiveError) {
        try await archive.recordMissed(
            camera: setup.name, from: first, slots: slots, interval: interval, detail: detail)
        tell(.missed(setup.name, from: first, slots: slots, detail: detail))
    }
}
