import Archive
import ServiceLifecycle
import Vocabulary

/// One camera's life in the job: its grid of slots, one after the other, until the job's, its own or the owner's end.
struct CameraLoop {
    let setup: CameraSetup
    let end: JobEnd
    let start: CameraStart
    /// How the owner ends this camera alone.
    let stop: CameraStop
    let archive: FrameArchive
    let ledger: SlotLedger
    let disk: DiskWatch
    let clock: any JobClock
    let tell: @Sendable (CaptureEvent) -> Void
    private var pass: SlotPass
    private var backOff = BackOff()
    /// Tells that the tunnel works again; `nil` for a camera that is behind none.
    private let pulse: TunnelPulse?
    /// How many good answers the tunnel had given when the last slot ended.
    private var heard = 0
    private var generator = SystemRandomNumberGenerator()
    /// The last report of a slot in which the camera was asked: skipped slots repeat its outcome.
    private var lastReport: SlotReport?

    init(
        setup: CameraSetup, end: JobEnd, start: CameraStart, stop: CameraStop, pass: SlotPass, pulse: TunnelPulse?,
        archive: FrameArchive, ledger: SlotLedger, disk: DiskWatch, clock: any JobClock,
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        (self.setup, self.end, self.start, self.stop) = (setup, end, start, stop)
        (self.pass, self.pulse) = (pass, pulse)
        (self.archive, self.ledger, self.disk) = (archive, ledger, disk)
        (self.clock, self.tell) = (clock, tell)
    }

    /// Runs slots until the end, a graceful shutdown or cancellation.
    ///
    /// - Throws: ``ArchiveError`` where nothing can be recorded any more.
    mutating func run() async throws(ArchiveError) -> CaptureSummary {
        let last = try archive.lastRun(of: setup.name)
        let start = max(start.instant(after: last), clock.now())
        try await accountForDowntime(after: last, until: start)
        var summary = CaptureSummary(from: start)
        var schedule = SlotSchedule(grid: SlotGrid(start: start, interval: setup.policy.interval))
        tell(.started(setup.name, interval: setup.policy.interval))

        while !hasEnded(summary, since: start, next: schedule) {
            guard await stop.sleeps(until: schedule.grid.slot(schedule.next).due, by: clock) else { break }
            let woken = schedule.wake(at: clock.now())
            try await miss(woken.missed, of: schedule.grid, detail: "asleep", &summary)

            let slot = schedule.grid.slot(woken.current)
            let reports = try await runOrSkip(slot)
            add(reports, to: &summary)
            if reports.last?.disposition == .askUser, end.isBounded { break }

            try await miss(schedule.finished(at: clock.now()), of: schedule.grid, detail: "busy", &summary)
        }
        add(try await pass.finish(), to: &summary)
        try await ledger.settleIfPossible()
        summary.until = clock.now()
        tell(.ended(setup.name))
        return summary
    }

    private func add(_ reports: [SlotReport], to summary: inout CaptureSummary) {
        for report in reports {
            summary.add(report)
            tell(.slot(report))
        }
    }

    private func hasEnded(_ summary: CaptureSummary, since start: Timestamp, next schedule: SlotSchedule) -> Bool {
        if Task.isShuttingDownGracefully || Task.isCancelled || stop.isRequested { return true }
        if let slots = end.slots, schedule.next >= slots { return true }
        if let frames = end.frames, summary.framesStored >= frames { return true }
        if let duration = end.duration, schedule.grid.slot(schedule.next).due >= start + duration { return true }
        return false
    }

    /// Where there is no room, nothing is fetched. A camera that is being left alone is not asked; its slots go on having the
    /// outcome that it had.
    private mutating func runOrSkip(_ slot: Slot) async throws(ArchiveError) -> [SlotReport] {
        let begun = clock.now()
        if let pause = await disk.pause(at: begun) { return [try await ledger.leaveOut(slot, for: pause)] }
        if let pulse, pulse.goodAnswers > heard { backOff.heardWell() }
        if backOff.isWaiting(at: begun), let last = lastReport {
            return [try await ledger.record(last.verdictOfNext, for: slot)]
        }
        var reports = try await pass.run(slot)
        guard let report = reports.last, report.slot == slot else { return reports }
        reports[reports.count - 1].lateness = begun - slot.due
        reports[reports.count - 1].duration = clock.now() - begun
        lastReport = report
        heard = pulse?.goodAnswers ?? 0
        if report.outcome == .disk {
            // The camera is well; the disk's own watch says when there is something to try again.
            backOff.succeeded()
        } else if report.isFailure {
            backOff.failed(report.disposition, at: clock.now(), using: &generator)
        } else {
            backOff.succeeded()
        }
        return reports
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
    private func accountForDowntime(
        after last: LedgerRun?, until start: Timestamp
    ) async throws(ArchiveError) {
        guard let last, let downtime = Downtime(after: last.until, interval: last.interval, until: start)
        else { return }
        try await recordMissed(
            from: downtime.first, slots: downtime.slots, interval: downtime.interval, detail: "not_running")
    }

    private func recordMissed(
        from first: Timestamp, slots: Int, interval: Duration, detail: String
    ) async throws(ArchiveError) {
        try await ledger.recordMissed(
            from: first, slots: slots, interval: interval, detail: detail)
        tell(.missed(setup.name, from: first, slots: slots, detail: detail))
    }
}

/// When a camera's grid of slots begins.
enum CameraStart: Hashable, Sendable {
    case at(Timestamp)
    /// Where the grid that the camera had before would have gone on.
    case continuing

    /// Waits for it, where it is known and to come.
    ///
    /// - Returns: `false` where the camera or the job is told to stop first.
    func comes(by clock: any JobClock, until stop: CameraStop) async -> Bool {
        guard case .at(let instant) = self, instant > clock.now() else { return true }
        return await stop.sleeps(until: instant, by: clock)
    }

    /// - Parameter last: the camera's last run in the ledger.
    fileprivate func instant(after last: LedgerRun?) -> Timestamp {
        switch self {
        case .at(let instant): instant
        case .continuing: last?.until ?? Timestamp(milliseconds: 0)
        }
    }
}
