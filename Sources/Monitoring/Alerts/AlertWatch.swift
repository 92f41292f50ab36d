package import Archive
import Budget
package import Capture
package import Vocabulary

/// Decides when the owner is told something: events go in, alerts that are raised or over come out.
///
/// Each alert is raised once until what it is about is over, also across restarts if the open alerts of the archive are
/// given. A camera is back with its first slot that works; figures that waver about a limit have to move well away
/// from it before they may raise another alert. A pure value.
package struct AlertWatch: Sendable {
    /// What an alert is about. Accounts go by the first of their cameras.
    private struct Subject: Hashable {
        let kind: AlertKind
        let camera: CameraName?
    }

    private let rules: AlertRules
    private var open: [Subject: Timestamp]
    private var failures: [CameraName: FailureStreak] = [:]
    /// Whether captures pause for want of room.
    private var isPaused = false

    /// - Parameter open: what was told before and is not over; kinds that are not known are ignored.
    package init(rules: AlertRules = AlertRules(), open alerts: [OpenAlert] = []) {
        self.rules = rules
        open = Dictionary(
            alerts.compactMap { alert in
                AlertKind(rawValue: alert.kind).map { (Subject(kind: $0, camera: alert.camera), alert.since) }
            }, uniquingKeysWith: min)
    }

    /// What changes by an event of the job.
    package mutating func changes(by event: CaptureEvent, at now: Timestamp) -> [AlertChange] {
        switch event {
        case .slot(let report): changes(by: report, at: now)
        case .allowance(let cameras, let report): changes(by: report, of: cameras, at: now)
        case .disk(let free): changes(byRoom: free, at: now)
        case .logGrown(let size, let readers): raise(.logGrowing(size, readers, at: now), since: now)
        case .logShortened: close(.logGrowing, nil)
        case .paused(let pause): paused(pause, at: now)
        case .resumed: resumed()
        case .printEnded(let camera, let print):
            close(.cameraFrozen, camera) + [.raise(.printFinished(print, on: camera, at: now), open: nil)]
        case .frozen(let camera, let since):
            raise(.cameraFrozen(camera, for: now - since, at: now), since: since)
        case .timelapse(let timelapse) where timelapse.state == .made:
            [.raise(.timelapseReady(timelapse, at: now), open: nil)]
        case .store(let task, .failing(let store, let reason, let hint)):
            raise(.failing(task, store, reason: reason, hint: hint, at: now), since: now)
        case .store(let task, .works), .store(let task, .off): close(AlertKind(failing: task), nil)
        case .reloaded(_, let removed, _): forget(removed)
        case .clockLeapt(let leap): leapt(by: leap.shift)
        case .missed(let camera, _, _, let detail) where detail.word == .asleep: rested(camera)
        case .started, .missed, .thawed, .retrying, .faultLasts, .faultOver, .remark, .usage, .usageUnknown,
            .liveFailed,
            .printerUnknown, .printStarted, .printResumed, .clockDoubtful, .clockTrusted, .notReloaded, .pruned,
            .notPruned, .archiveNames, .timelapse, .timelapsesNotMade, .store, .ended:
            []
        }
    }

    // MARK: Cameras

    private mutating func changes(by report: SlotReport, at now: Timestamp) -> [AlertChange] {
        // A slot that was skipped for the allowance's sake, or for want of room, says nothing about the camera.
        guard report.outcome != .cap, report.outcome != .disk else { return [] }
        guard report.outcome.isFailure else {
            let thawed = report.outcome == .stored ? recovered(.cameraFrozen, of: report.camera, at: now) : []
            return recovered(.cameraStopped, .unauthorized, of: report.camera, at: now) + thawed
        }

        let streak = failures[report.camera, default: FailureStreak(since: report.slot.due)].adding(report)
        failures[report.camera] = streak
        if report.outcome == .unauthorized {
            return raise(
                .unauthorized(report.camera, explanation: streak.explanation, hint: streak.hint, at: now),
                since: streak.since)
        }
        let lasted = now - streak.since
        guard lasted >= rules.stoppedAfter, streak.slots >= rules.failedSlots,
            open[Subject(kind: .unauthorized, camera: report.camera)] == nil
        else { return [] }
        return raise(
            .cameraStopped(
                report.camera, after: lasted, explanation: streak.explanation ?? report.outcome.phrase,
                hint: streak.hint, at: now),
            since: streak.since)
    }

    private mutating func recovered(
        _ kinds: AlertKind..., of camera: CameraName, at now: Timestamp
    ) -> [AlertChange] {
        failures[camera] = nil
        guard let since = kinds.compactMap({ open[Subject(kind: $0, camera: camera)] }).min() else { return [] }
        return kinds.flatMap { close($0, camera) } + raise(.cameraBack(camera, after: now - since, at: now), since: now)
    }

    /// The time in which the machine slept is no time without pictures.
    private mutating func rested(_ camera: CameraName) -> [AlertChange] {
        failures[camera] = nil
        return []
    }

    /// Failures have lasted as long as before, by the new time.
    private mutating func leapt(by shift: Duration) -> [AlertChange] {
        failures = failures.mapValues { streak in
            var moved = streak
            moved.since = streak.since + shift
            return moved
        }
        return []
    }

    private mutating func forget(_ cameras: [CameraName]) -> [AlertChange] {
        cameras.flatMap { camera in
            failures[camera] = nil
            return AlertKind.allCases.filter { $0.isLasting && $0.subject == .camera }
                .flatMap { close($0, camera) }
        }
    }

    // MARK: Accounts and the archive

    private mutating func changes(
        by report: BudgetReport, of cameras: [CameraName], at now: Timestamp
    ) -> [AlertChange] {
        switch report.pause {
        case .ownStop, .ownersReserve, .serverRefused:
            guard !isOpen(.capMet, of: cameras) else { return [] }
            return raise(.capMet(cameras, report, at: now), since: now)
        case .noReading, .pace, .liveShare:
            return []
        case nil:
            break
        }
        switch report.proxiedPause {
        case .ownStop, .ownersReserve, .serverRefused:
            return isOpen(.capMet, of: cameras) ? [] : raise(.capMet(cameras, report, at: now), since: now)
        case .noReading, .pace, .liveShare, nil: break
        }
        var changes = close(.capMet, anyOf: cameras)
        guard let total = report.total else { return changes }
        guard let ceiling = report.capStop.threshold(ofCap: report.monthlyCap) ?? report.monthlyCap else {
            return changes + close(.capNear, anyOf: cameras)
        }
        let near = Double(ceiling.bytes) * rules.nearShare
        if Double(total.bytes) >= near {
            if !isOpen(.capNear, of: cameras) {
                changes += raise(.capNear(cameras, total, of: ceiling, report, at: now), since: now)
            }
        } else if Double(total.bytes) < near * Self.relief {
            changes += close(.capNear, anyOf: cameras)
        }
        return changes
    }

    private mutating func paused(_ pause: RoomPause, at now: Timestamp) -> [AlertChange] {
        isPaused = true
        return raise(.capturesPause(pause, at: now), since: now)
    }

    private mutating func resumed() -> [AlertChange] {
        // The room there is now, which the next event tells, may be little still.
        isPaused = false
        return []
    }

    private mutating func changes(byRoom free: ByteCount, at now: Timestamp) -> [AlertChange] {
        if free < rules.leastRoom { return raise(.diskLow(free, at: now), since: now) }
        guard !isPaused else { return [] }
        return Double(free.bytes) * Self.relief >= Double(rules.leastRoom.bytes) ? close(.diskLow, nil) : []
    }

    /// How far a figure must have moved away from its limit for the alert to be over.
    private static let relief = 0.9

    // MARK: Open alerts

    private func isOpen(_ kind: AlertKind, of cameras: [CameraName]) -> Bool {
        cameras.contains { open[Subject(kind: kind, camera: $0)] != nil }
    }

    private mutating func raise(_ alert: Alert, since: Timestamp) -> [AlertChange] {
        guard alert.kind.isLasting else { return [.raise(alert, open: nil)] }
        let subject = Subject(kind: alert.kind, camera: alert.cameras.first)
        guard open.updateValue(open[subject] ?? since, forKey: subject) == nil else { return [] }
        return [
            .raise(alert, open: OpenAlert(kind: alert.kind.rawValue, camera: alert.cameras.first, since: since))
        ]
    }

    private mutating func close(_ kind: AlertKind, _ camera: CameraName?) -> [AlertChange] {
        open.removeValue(forKey: Subject(kind: kind, camera: camera)) == nil ? [] : [.close(kind, camera: camera)]
    }

    private mutating func close(_ kind: AlertKind, anyOf cameras: [CameraName]) -> [AlertChange] {
        cameras.flatMap { close(kind, $0) }
    }
}

/// Slots of one camera that failed, one after the other.
private struct FailureStreak {
    var since: Timestamp
    var slots = 0
    /// The newest explanation: slots that were skipped while the camera was left alone have none.
    var explanation: String?
    var hint: String?

    init(since: Timestamp) {
        self.since = since
    }

    func adding(_ report: SlotReport) -> FailureStreak {
        var streak = self
        streak.slots += 1
        guard let explanation = report.explanation else { return streak }
        (streak.explanation, streak.hint) = (explanation, report.hint)
        return streak
    }
}
