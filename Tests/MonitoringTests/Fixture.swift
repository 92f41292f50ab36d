import Archive
import Budget
import NIOCore
import Synchronization
import TestSupport
import Vocabulary

@testable import Capture
@testable import Monitoring

extension CameraName {
    static let printer = try! CameraName("printer")
    static let other = try! CameraName("other")
}

extension Timestamp {
    /// 2027-01-15T08:00:00Z
    static let start = Timestamp(seconds: 1_800_000_000)
}

extension SlotReport {
    static func slot(
        _ outcome: SlotOutcome, of camera: CameraName = .printer, at due: Timestamp = .start,
        explanation: String? = nil, frame bytes: Int? = nil, attempts: Int = 1
    ) -> SlotReport {
        var report = SlotReport(
            camera: camera, slot: Slot(due: due, interval: .seconds(10)), received: .zero, attempts: attempts)
        report.outcome = outcome
        report.explanation = explanation
        report.frame = bytes.map { .made(camera: camera, at: due, bytes: $0) }
        return report
    }
}

extension BudgetReport {
    /// Of an account with a cap of 300 MB, of which captures may use 270.
    static func used(
        _ megabytes: Int, cap: Int? = 300, stop: CapStop = .standard, refused: Bool = false, at now: Timestamp = .start
    ) -> BudgetReport {
        var budget = Budget(stop: stop)
        budget.record(
            UsageReading(
                readAt: now, total: ByteCount(megabytes * 1_000_000),
                monthlyCap: cap.map { ByteCount($0 * 1_000_000) }, resetIn: nil))
        if refused { budget.serverRefusedOverCap(by: .announced, at: now) }
        return budget.report(at: now)
    }
}

/// Keeps what it is told.
final class Notes<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])

    var all: [Value] { values.withLock(\.self) }

    func add(_ value: Value) { values.withLock { $0.append(value) } }
}

extension Alert {
    static let example = Alert(
        .cameraStopped, [.printer], at: .start, "printer: no picture for 5m. “Nothing” answers; $(reboot).",
        hint: "Look whether it is on.")
}

extension ArchivedTimelapse {
    /// Of a print, made just now.
    static func made(at now: Timestamp) -> ArchivedTimelapse {
        var timelapse = ArchivedTimelapse(
            rule: "print", camera: .printer, subject: .print(7), since: now - .seconds(3600), until: now, dueAt: now)
        timelapse.state = .made
        timelapse.files = [File(path: "/t/printer benchy.mp4", bytes: 2_000_000)]
        (timelapse.frames, timelapse.length) = (300, .seconds(10))
        return timelapse
    }
}
