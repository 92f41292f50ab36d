import Capture
import Logging
import Monitoring
import Synchronization
import Vocabulary

/// A log for people: what changes, and each hour how it goes. ``CaptureLog`` has every slot.
final class CondensedLog: JobTeller {
    private struct Camera {
        var news = CameraNews()
        /// The last report that says more than that it is still so.
        var explained: SlotReport?
        /// When what else is the matter was told last, by its kind.
        var toldAt: [String: Timestamp] = [:]
    }

    private let log: CaptureLog
    private let now: @Sendable () -> Timestamp
    private let cameras = Mutex<[CameraName: Camera]>([:])

    init(_ log: CaptureLog, now: @escaping @Sendable () -> Timestamp = { .wallClock }) {
        (self.log, self.now) = (log, now)
    }

    func tell(_ event: CaptureEvent) {
        switch event {
        case .slot(let report): tell(report)
        case .missed(let camera, let from, let slots, let detail):
            tell(camera, from, slots, detail)
        case .liveFailed(let camera, _): noteHourly("live", of: camera, event)
        case .usageUnknown(let camera, _): noteHourly("usage", of: camera, event)
        case .printerUnknown(let camera, _): noteHourly("printer", of: camera, event)
        case .usage: break
        default: log.tell(event)
        }
    }

    func tell(_ message: MonitoringMessage) { log.tell(message) }

    private func tell(_ report: SlotReport) {
        let (items, explained) = cameras.withLock { cameras in
            if report.explanation != nil { cameras[report.camera, default: Camera()].explained = report }
            let items = cameras[report.camera, default: Camera()].news.add(report)
            return (items, cameras[report.camera]?.explained)
        }
        for item in items {
            switch item {
            case .changed: log.tell(report)
            case .back(let time, let slots):
                log.log(
                    .notice, report.camera, "pictures again, after \(time.shortText): \(report.sentence)",
                    ["outcome": "\(report.outcome.rawValue)", "slots": "\(slots)"])
            case .lasting(let time, let slots):
                let last = explained?.outcome == report.outcome ? explained : nil
                log.log(
                    log.level(of: last ?? report), report.camera,
                    "for \(time.shortText) now: \((last ?? report).sentence)",
                    ["outcome": "\(report.outcome.rawValue)", "slots": "\(slots)"])
            case .counts(let counts, let time): tell(counts, time, of: report.camera)
            }
        }
    }

    private func tell(_ camera: CameraName, _ from: Timestamp, _ slots: Int, _ detail: SlotReason) {
        // Said once, at a start, and nothing about the camera.
        guard detail.word != .notRunning else {
            return log.tell(.missed(camera, from: from, slots: slots, detail: detail))
        }
        for item in cameras.withLock({
            $0[camera, default: Camera()].news.addMissed(slots, detail: detail, at: from)
        }) {
            switch item {
            case .changed, .back: log.tell(.missed(camera, from: from, slots: slots, detail: detail))
            case .lasting(let time, let slots):
                log.log(
                    .warning, camera, "for \(time.shortText) now: missed \(slots.counted("slot"))",
                    ["outcome": "missed", "detail": "\(detail)", "slots": "\(slots)"])
            case .counts(let counts, let time): tell(counts, time, of: camera)
            }
        }
    }

    private func tell(_ counts: CameraNews.Counts, _ time: Duration, of camera: CameraName) {
        log.log(.info, camera, "in the last \(time.shortText): \(counts.text)")
    }

    private func noteHourly(_ kind: String, of camera: CameraName, _ event: CaptureEvent) {
        let now = now()
        let isDue = cameras.withLock { cameras in
            let last = cameras[camera, default: Camera()].toldAt[kind]
            // Told again where the clock was set back.
            guard last.map({ now < $0 || now - $0 >= CameraNews.hour }) ?? true else { return false }
            cameras[camera, default: Camera()].toldAt[kind] = now
            return true
        }
        if isDue { log.tell(event) }
    }
}
