import Archive
import Care
package import HTTP
import ServiceLifecycle
package import Storage
package import Tunnel
import Vocabulary

/// The background job: cameras and a clock, and for each camera the path of a frame, slot by slot.
///
/// Cameras run beside one another; a slow one delays no other. A graceful shutdown lets the slots in flight finish.
package struct CaptureJob: Sendable {
    private let settings: CaptureSettings
    private let changes: AsyncStream<CaptureSettings>?
    private let end: JobEnd
    private let clock: any JobClock
    private let archive: FrameArchive
    private let transport: any HTTPTransport
    private let limits: TunnelLimits
    private let disk: DiskWatch
    private let caretaker: Caretaker
    private let tell: @Sendable (CaptureEvent) -> Void

    /// Cameras begin so far apart, or over the shortest interval where they are many, so that their slots do not all fall together.
    static let spread = Duration.milliseconds(10)

    /// - Parameters:
    ///   - changes: settings to go on with, each in the place of those before. Cameras that stay as they are notice nothing; those
    ///     that change finish their slot and go on with the next one. Room is looked at by the new rules from the next slot on,
    ///     and what the archive keeps is seen to the next time that it is looked after: within the hour.
    ///   - tell: is called from several tasks at once, in each camera's own order.
    package init(
        _ settings: CaptureSettings, changes: AsyncStream<CaptureSettings>? = nil, end: JobEnd = JobEnd(),
        archive: FrameArchive, transport: any HTTPTransport, clock: any JobClock, limits: TunnelLimits = TunnelLimits(),
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        (self.settings, self.changes, self.end) = (settings, changes, end)
        (self.clock, self.tell) = (clock, tell)
        (self.archive, self.transport, self.limits) = (archive, transport, limits)
        let alarm = Alarm()
        disk = DiskWatch(
            archive: archive, rules: settings.room, retention: settings.retention, alarm: alarm, tell: tell)
        caretaker = Caretaker(archive: archive, clock: clock, alarm: alarm, tell: tell)
    }

    private enum Ending: Sendable {
        case camera(CameraName, CaptureSummary)
        case changed(CaptureSettings)
        case noMoreChanges
        case leapt(ClockLeap)
        /// Work beside the cameras was called off.
        case calledOff
    }

    /// Runs every camera to its end. Cancelled, each gives up what it is at, and the summary tells what there was until then.
    ///
    /// - Throws: ``ArchiveError`` where nothing can be recorded any more; the other cameras are stopped then.
    package func run() async throws -> JobSummary {
        DescriptorLimit.raise()
        return try await withThrowingTaskGroup(of: Ending.self) { group in
            try await noteLeapBeforeStart()
            var work = CamerasAtWork(
                era: era(), job: JobSummary(total: CaptureSummary(from: clock.now())), mayGrow: changes != nil)
            _ = work.roster.update(to: settings.cameras)
            try await work.era.watch.askSystem()
            begin(work.era, in: &group)
            takeCare(by: settings.retention, in: &group)
            awaitChange(in: &group)
            let (begin, apart) = (clock.now(), apart(settings.cameras))
            for (index, camera) in settings.cameras.enumerated() {
                start(camera, at: .at(begin + .milliseconds((apart * index).milliseconds)), &work, in: &group)
            }

            while !work.running.isEmpty || work.mayGrow, let ending = try await group.next() {
                switch ending {
                case .camera(let name, let summary):
                    work.ended(name, summary)
                    if work.leap != nil {
                        try await followLeapWhenAllRest(&work, in: &group)
                    } else if let camera = work.waiting.removeValue(forKey: name) {
                        start(camera, at: .continuing, &work, in: &group)
                    }
                case .changed(let settings):
                    disk.change(to: settings.room, settings.retention)
                    takeCare(by: settings.retention, in: &group)
                    apply(settings.cameras, &work, in: &group)
                    awaitChange(in: &group)
                case .noMoreChanges:
                    work.mayGrow = false
                case .leapt(let leap):
                    work.leap = leap
                    for stop in work.running.values { stop.request() }
                    try await followLeapWhenAllRest(&work, in: &group)
                case .calledOff: break
                }
            }
            group.cancelAll()
            return work.job
        }
    }

    /// The cameras at work.
    private struct CamerasAtWork {
        var era: Era
        var job: JobSummary
        var roster = Roster()
        var running: [CameraName: CameraStop] = [:]
        /// Cameras that start anew when they have finished their slot.
        var waiting: [CameraName: CameraSetup] = [:]
        /// Whether cameras may still come, so that the job goes on without any.
        var mayGrow: Bool
        /// The clock was set, and cameras are coming to rest: those that did so, and where they go on.
        var leap: ClockLeap?
        var resting: [CameraName: CameraRest] = [:]

        mutating func ended(_ camera: CameraName, _ summary: CaptureSummary) {
            running[camera] = nil
            if leap != nil { resting[camera] = summary.rest }
            job.cameras[camera] =
                job.cameras[camera].map { before in
                    var sum = before
                    sum.add(summary)
                    return sum
                } ?? summary
            job.total.add(summary)
        }
    }

    /// How far apart cameras begin that begin together.
    private func apart(_ cameras: [CameraSetup]) -> Duration {
        let shortest = cameras.map(\.policy.interval).min() ?? .zero
        return min(Self.spread, shortest / max(1, cameras.count))
    }

    private func start(
        _ camera: CameraSetup, at start: CameraStart, _ work: inout CamerasAtWork,
        in group: inout ThrowingTaskGroup<Ending, any Error>
    ) {
        guard work.leap == nil else {
            work.waiting[camera.name] = camera
            return
        }
        let stop = CameraStop()
        work.running[camera.name] = stop
        group.addTask { [runner = work.era.runner] in
            .camera(camera.name, try await runner.run(camera, from: start, until: stop))
        }
    }

    private func awaitChange(in group: inout ThrowingTaskGroup<Ending, any Error>) {
        guard let changes else { return }
        group.addTask {
            await cancelWhenGracefulShutdown {
                for await settings in changes { return .changed(settings) }
                return .noMoreChanges
            }
        }
    }

    private func takeCare(by policy: RetentionPolicy?, in group: inout ThrowingTaskGroup<Ending, any Error>) {
        guard caretaker.keep(to: policy) else { return }
        group.addWorkBeside(.calledOff, priority: .background) { [caretaker] in try await caretaker.run() }
    }

    private func apply(
        _ setups: [CameraSetup], _ work: inout CamerasAtWork, in group: inout ThrowingTaskGroup<Ending, any Error>
    ) {
        let change = work.roster.update(to: setups)
        for name in change.removed {
            work.waiting[name] = nil
            work.running[name]?.request()
        }
        let (begin, apart) = (clock.now(), apart(change.added))
        for (index, camera) in (change.added + change.changed).enumerated() {
            if let stop = work.running[camera.name] {
                work.waiting[camera.name] = camera
                stop.request()
            } else {
                start(camera, at: .at(begin + .milliseconds((apart * index).milliseconds)), &work, in: &group)
            }
        }
        tell(
            .reloaded(
                added: change.added.map(\.name), removed: change.removed, changed: change.changed.map(\.name)))
    }
}

// MARK: - Leaps of the clock

extension CaptureJob {
    private func era() -> Era {
        let declared = settings.cameras.compactMap { camera in camera.policy.account.map { (camera.name, $0) } }
        let allowances = Allowances(
            declared: Dictionary(declared) { first, _ in first }, archive: archive, clock: clock, tell: tell)
        let watch = ClockWatch(archive: archive, clock: clock, tell: tell)
        return Era(
            allowances: allowances,
            runner: CameraRunner(
                end: end, allowances: allowances, archive: archive, transport: transport, clock: clock, limits: limits,
                disk: disk, watch: watch, tell: tell), watch: watch)
    }

    private func begin(_ era: Era, in group: inout ThrowingTaskGroup<Ending, any Error>) {
        if settings.cameras.contains(where: { $0.endpoint != nil }) || changes != nil {
            group.addWorkBeside(.calledOff) { try await era.end.run { try await era.allowances.keepReading() } }
        }
        group.addTask { [clock] in
            do { return .leapt(try await clock.leap()) } catch is CancellationError { return .calledOff }
        }
    }

    /// Goes by the new time as soon as no camera lives by the old one.
    private func followLeapWhenAllRest(
        _ work: inout CamerasAtWork, in group: inout ThrowingTaskGroup<Ending, any Error>
    ) async throws {
        guard work.running.isEmpty, let shift = work.leap?.shift else { return }
        work.era.end.come()
        let leap = ClockLeap(before: clock.now(), after: clock.now() + shift)
        clock.follow(leap)
        disk.timeLeapt(by: shift)
        guard try await record(leap, reason: "set") else { return }

        (work.leap, work.era) = (nil, era())
        try await work.era.watch.askSystem()
        begin(work.era, in: &group)
        let (resting, waiting) = (work.resting, work.waiting)
        (work.resting, work.waiting) = ([:], [:])
        for name in Set(resting.keys).union(waiting.keys).sorted() {
            guard let camera = waiting[name] ?? work.roster.cameras[name] else { continue }
            let start = resting[name].map { CameraStart.afterLeap($0, leap) } ?? .at(clock.now())
            self.start(camera, at: start, &work, in: &group)
        }
    }

    /// Enters a leap, as soon as there is room for it.
    ///
    /// - Returns: `false` where the job is told to stop first.
    private func record(_ leap: ClockLeap, reason: String) async throws(ArchiveError) -> Bool {
        tell(.clockLeapt(leap))
        while true {
            do throws(ArchiveError) {
                try await archive.recordLeap(before: leap.before, after: leap.after, reason: reason)
                return true
            } catch {
                guard !error.disposition.endsJob else { throw error }
            }
            guard await CameraStop().sleeps(until: clock.now() + .seconds(10), by: clock) else { return false }
        }
    }

    /// Where the archive tells of a time to come, it was captured by a clock that was ahead, or this one is behind.
    private func noteLeapBeforeStart() async throws(ArchiveError) {
        let now = clock.now()
        guard let latest = try archive.latestSlot(), latest - now > SystemJobClock.tolerance else { return }
        let isKnown = try archive.clockEvents().contains {
            $0.kind == .leap && $0.before >= latest && $0.after <= now + SystemJobClock.tolerance
        }
        guard !isKnown else { return }
        _ = try await record(ClockLeap(before: latest, after: now), reason: "found_at_start")
    }
}
