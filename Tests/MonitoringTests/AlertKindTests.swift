import Archive
import Budget
import Storage
import Testing
import Vocabulary

@testable import Capture
@testable import Monitoring

@Suite struct `Each kind of alert` {
    /// Events of a job that raise it, one each ten seconds. A new kind has to say here what raises it.
    private func events(raising kind: AlertKind) -> [CaptureEvent] {
        let away = StoreNews.failing(store: "/mnt/nas", reason: "it is not there", hint: "Mount it.")
        let failing = (0..<4).map { CaptureEvent.slot(.slot(.offline, at: .start + .seconds(10 * $0))) }
        return switch kind {
        case .cameraStopped: failing
        case .cameraBack: failing + [.slot(.slot(.stored, at: .start + .seconds(40)))]
        case .cameraFrozen: [.frozen(.printer, since: .start)]
        case .unauthorized: [.slot(.slot(.unauthorized))]
        case .capNear: [.allowance(cameras: [.printer], .used(216))]
        case .capMet: [.allowance(cameras: [.printer], .used(216, refused: true))]
        case .diskLow: [.disk(free: ByteCount(1))]
        case .logGrowing: [.logGrown(ByteCount(300_000_000), readers: [])]
        case .offloadFailing: [.store(.offload, away)]
        case .publishFailing: [.store(.publish, away)]
        case .printFinished: [.printEnded(.printer, PrintJob(startedAt: .start, toldBy: .url))]
        case .timelapseReady: [.timelapse(.made(at: .start))]
        }
    }

    private func raised(_ kind: AlertKind, _ watch: inout AlertWatch) -> (alert: Alert, open: OpenAlert?)? {
        for (number, event) in events(raising: kind).enumerated() {
            for change in watch.changes(by: event, at: .start + .seconds(10 * number)) {
                if case .raise(let alert, let open) = change, alert.kind == kind { return (alert, open) }
            }
        }
        return nil
    }

    @Test(arguments: AlertKind.allCases)
    func `is raised by what it is about, and kept where it lasts`(kind: AlertKind) throws {
        var watch = AlertWatch(rules: AlertRules(stoppedAfter: .seconds(20)))
        let (alert, open) = try #require(raised(kind, &watch))
        #expect(!alert.message.isEmpty)
        #expect((open != nil) == kind.isLasting)
        #expect(alert.cameras.isEmpty == (kind.subject == .archive))
        // Once: what lasts is not told again.
        let again = raised(kind, &watch)
        #expect((again == nil) == kind.isLasting || kind == .cameraBack)
    }

    @Test(arguments: AlertKind.allCases.filter { $0.subject == .camera && $0.isLasting })
    func `of a camera is over when the camera is no longer captured`(kind: AlertKind) throws {
        var watch = AlertWatch(rules: AlertRules(stoppedAfter: .seconds(20)))
        _ = try #require(raised(kind, &watch))
        let changes = watch.changes(by: .reloaded(added: [], removed: [.printer], changed: []), at: .start)
        #expect(changes == [.close(kind, camera: .printer)])
    }

    @Test func `has its occasion in the sentence that names them all`() {
        for kind in AlertKind.allCases { #expect(AlertKind.occasions.contains(kind.occasion)) }
    }
}
