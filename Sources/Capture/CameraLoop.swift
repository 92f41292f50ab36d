import Archive
import Budget
import ServiceLifecycle
import Storage
import Vocabulary

/// One camera's life in the job: its grid of slots, one after the other, until the job's, its own or the owner's end.
///
/// Thousands of cameras wait for their next slot nearly all of the time, so little is held while they do: a slot is a task of its
/// own, and what is large and over soon is not inlined.
actor CameraLoop {
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
    private let pass: SlotPass
    private var backOff = BackOff()
    /// Tells that the tunnel works again; `nil` for a camera that is behind none.
    private let pulse: TunnelPulse?
    private let watch: ClockWatch
    /// How many good answers the tunnel had given when the last slot ended.
    private var heard = 0
    private var generator = SystemRandomNumberGenerator()
    /// The last report of a slot in which the camera was asked: skipped slots repeat its outcome.
    private var lastReport: SlotReport?
    /// Whether it ended because only the owner can go on.
    private var isRefused = false

    init(
        setup: CameraSetup, end: JobEnd, start: CameraStart, stop: CameraStop, pass: sending SlotPass,
        pulse: TunnelPulse?, watch: ClockWatch, archive: FrameArchive, ledger: SlotLedger, disk: DiskWatch,
        clock: any JobClock, tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        (self.setup, self.end, self.start, self.stop) = (setup, end, start, stop)
        (self.pass, self.pulse, self.watch) = (pass, pulse, watch)
        (self.archive, self.ledger, self.disk) = (archive, ledger, disk)
        (self.clock, self.tell) = (clock, tell)
    }

    /// Runs slots until the end, a graceful shutdown or cancellation.
    ///
    /// - Throws: ``ArchiveError`` where nothing can be recorded any more.
    func run() async throws(ArchiveError) -> CaptureSummary {
        let now = clock.now()
        let last = try archive.lastRun(of: setup.name, by: now + SystemJobClock.tolerance)
        let beginning = GridStart(self.start, at: now, interval: setup.policy.interval, after: last)
        for run in beginning.missed {
            try await recordMissed(
                from: run.first, slots: run.slots, interval: run.interval, detail: run.detail ?? SlotReason(.notRunning)
            )
        }
        let start = beginning.start
        var summary = CaptureSummary(from: start)
        var schedule = SlotSchedule(grid: SlotGrid(start: start, interval: setup.policy.interval))
        tell(.started(setup.name, interval: setup.policy.interval))

        while !isToEnd, !isDone(summary, since: start, next: schedule) {
            guard await stop.sleeps(until: schedule.grid.slot(schedule.next).due, by: clock) else { break }
            let woken = schedule.wake(at: clock.now())
            try await miss(woken.missed, of: schedule.grid, detail: SlotReason(.asleep), &summary)

            let slot = schedule.grid.slot(woken.current)
            async let outcomes = outcomes(of: slot)
            let reports = try await outcomes.get()
            add(reports, to: &summary)
            if reports.last?.disposition == .askUser, end.isBounded {
                isRefused = true
                break
            }

            try await miss(schedule.finished(at: clock.now()), of: schedule.grid, detail: SlotReason(.busy), &summary)
        }
        add(try await pass.finish(), to: &summary)
        try await ledger.settleIfPossible()
        summary.until = clock.now()
        if stop.isRequested, !Task.isShuttingDownGracefully, !Task.isCancelled, !isRefused,
            !isDone(summary, since: start, next: schedule)
        {
            let next = schedule.grid.slot(schedule.next).due
            summary.rest = CameraRest(
                next: next, slots: done.slots + schedule.next, frames: done.frames + summary.framesStored,
                duration: done.duration + (next - start))
        }
        tell(.ended(setup.name))
        return summary
    }

    @inline(never)
    private func add(_ reports: [SlotReport], to summary: inout CaptureSummary) {
        for report in reports {
            summary.add(report)
            tell(.slot(report))
        }
    }

    private var isToEnd: Bool { Task.isShuttingDownGracefully || Task.isCancelled || stop.isRequested }

    /// What it has done of the job before it came to rest for a leap of the clock.
    private var done: CameraRest {
        if case .afterLeap(let rest, _) = start { rest } else { CameraRest(next: Timestamp(milliseconds: 0)) }
    }

    private func isDone(_ summary: CaptureSummary, since start: Timestamp, next schedule: SlotSchedule) -> Bool {
        if let slots = end.slots, done.slots + schedule.next >= slots { return true }
        if let frames = end.frames, done.frames + summary.framesStored >= frames { return true }
        guard let duration = end.duration else { return false }
        return done.duration + (schedule.grid.slot(schedule.next).due - start) >= duration
    }

    /// What a slot comes to, in a task of the slot's own: what it takes for fetching and judging a picture is let go with it.
    private func outcomes(of slot: Slot) async -> Result<[SlotReport], ArchiveError> {
        do throws(ArchiveError) { return .success(try await runOrSkip(slot)) } catch { return .failure(error) }
    }

    /// Where there is no room, nothing is fetched. A camera that is being left alone is not asked; its slots go on having the
    /// outcome that it had.
    private func runOrSkip(_ slot: Slot) async throws(ArchiveError) -> [SlotReport] {
        let begun = clock.now()
        if let pause = await disk.pause(at: begun) { return [try await ledger.leaveOut(slot, for: pause)] }
        if let pulse, pulse.goodAnswers > heard { backOff.heardWell() }
        if backOff.isWaiting(at: begun), let last = lastReport {
            return [try await ledger.record(last.emptyNext, for: slot)]
        }
        var reports = try await pass.run(slot)
        if let date = pulse?.takeDate() { try await watch.hear(server: date) }
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

    @inline(never)
    private func miss(
        _ slots: Range<Int>, of grid: SlotGrid, detail: SlotReason, _ summary: inout CaptureSummary
    ) async throws(ArchiveError) {
        guard !slots.isEmpty else { return }
        summary.addMissed(slots.count)
        try await recordMissed(
            from: grid.slot(slots.lowerBound).due, slots: slots.count, interval: grid.interval, detail: detail)
    }

    @inline(never)
    private func recordMissed(
        from first: Timestamp, slots: Int, interval: Duration, detail: SlotReason
    ) async throws(ArchiveError) {
        try await ledger.recordMissed(
            from: first, slots: slots, interval: interval, detail: detail)
        tell(.missed(setup.name, from: first, slots: slots, detail: detail))
    }
}
