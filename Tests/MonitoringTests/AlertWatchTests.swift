import Archive
import Budget
import Storage
import Testing
import Vocabulary

@testable import Capture
@testable import Monitoring

@Suite struct `The owner of a camera` {
    /// What a row of slots, 10 s apart, leads to.
    private func changes(
        _ watch: inout AlertWatch, _ outcomes: [SlotOutcome], from start: Timestamp = .start,
        interval: Duration = .seconds(10), explanation: String? = nil
    ) -> [AlertChange] {
        outcomes.enumerated().flatMap { number, outcome in
            let due = start + interval * number
            return watch.changes(by: .slot(.slot(outcome, at: due, explanation: explanation)), at: due)
        }
    }

    @Test func `is told once that it stopped, and why, when it has shown nothing for five minutes`() throws {
        var watch = AlertWatch()
        #expect(changes(&watch, Array(repeating: .offline, count: 30), explanation: "No agent (482)").isEmpty)
        let raised = changes(&watch, Array(repeating: .timeout, count: 500), from: .start + .seconds(300))
        let open = OpenAlert(kind: "camera_stopped", camera: .printer, since: .start)
        let alert = Alert(
            .cameraStopped, [.printer], at: .start + .seconds(300), "printer: no picture for 5m. No agent (482).")
        #expect(raised == [.raise(alert, open: open)])
    }

    @Test(arguments: [SlotOutcome.noPicture, .cap, .stored, .duplicate, .unchanged])
    func `is told nothing while it is idle, paused or well`(outcome: SlotOutcome) {
        var watch = AlertWatch()
        #expect(changes(&watch, Array(repeating: outcome, count: 500)).isEmpty)
    }

    @Test func `is told nothing where slots fail now and then`() {
        var watch = AlertWatch()
        let outcomes = (0..<500).map { $0 % 20 == 0 ? SlotOutcome.stored : .offline }
        #expect(changes(&watch, outcomes).isEmpty)
    }

    @Test func `is not told of one lost picture an hour apart`() {
        var watch = AlertWatch()
        #expect(changes(&watch, [.offline, .offline], interval: .seconds(3600)).isEmpty)
        #expect(changes(&watch, [.offline], from: .start + .seconds(7200)).count == 1)
    }

    @Test func `is not told of the time that the machine slept`() {
        var watch = AlertWatch()
        #expect(changes(&watch, [.stored, .offline]).isEmpty)
        let morning = Timestamp.start + .seconds(8 * 3600)
        let slept = CaptureEvent.missed(.printer, from: .start + .seconds(20), slots: 2878, detail: SlotReason(.asleep))
        #expect(watch.changes(by: slept, at: morning).isEmpty)
        #expect(changes(&watch, Array(repeating: .offline, count: 30), from: morning).isEmpty)
        #expect(changes(&watch, [.offline], from: morning + .seconds(300)).count == 1)
    }

    @Test func `is told once that it is back, and then anew when it stops again`() {
        var watch = AlertWatch()
        let failing = Array(repeating: SlotOutcome.unavailable, count: 40)
        #expect(changes(&watch, failing).count == 1)
        let back = changes(&watch, [.noPicture, .stored, .stored], from: .start + .seconds(400))
        #expect(
            back == [
                .close(.cameraStopped, camera: .printer),
                .raise(
                    Alert(
                        .cameraBack, [.printer], at: .start + .seconds(400), "printer: works again, after 6m 40s."),
                    open: nil),
            ])
        #expect(changes(&watch, failing, from: .start + .seconds(430)).count == 1)
    }

    @Test func `is told at once of refused credentials, and not of its stopping too`() {
        var watch = AlertWatch()
        let told = changes(&watch, Array(repeating: .unauthorized, count: 100))
        #expect(told.count == 1)
        #expect(told.first?.alert?.kind == .unauthorized)
        #expect(told.first?.alert?.text.contains("printlapse authorize 'printer'") == true)
        #expect(changes(&watch, [.stored]).compactMap(\.alert?.kind) == [.cameraBack])
    }

    @Test func `is not told again after a restart`() {
        let open = OpenAlert(kind: "camera_stopped", camera: .printer, since: .start - .seconds(3600))
        var watch = AlertWatch(open: [open, OpenAlert(kind: "of_the_future", camera: nil, since: .start)])
        #expect(changes(&watch, Array(repeating: .offline, count: 100)).isEmpty)
        let back = changes(&watch, [.stored])
        #expect(back.first == .close(.cameraStopped, camera: .printer))
        #expect(back.last?.alert?.message == "printer: works again, after 1h.")
    }

    @Test func `is told of nothing more once it is no longer captured`() {
        var watch = AlertWatch(open: [OpenAlert(kind: "camera_stopped", camera: .printer, since: .start)])
        let changes = watch.changes(by: .reloaded(added: [], removed: [.printer], changed: []), at: .start)
        #expect(changes == [.close(.cameraStopped, camera: .printer)])
    }

    @Test(arguments: [
        (PrintState.finished, "printer: the print “cube.gcode” is finished, after 1h 30m."),
        (.cancelled, "printer: the print “cube.gcode” was cancelled, after 1h 30m."),
        (.failed, "printer: the print “cube.gcode” failed, after 1h 30m."),
        (.ended, "printer: the print “cube.gcode” is over, after 1h 30m."),
    ])
    func `is told of the end of every print`(state: PrintState, message: String) {
        var watch = AlertWatch()
        let print = PrintJob(
            name: "cube.gcode", state: state, startedAt: .start, endedAt: .start + .seconds(5400), toldBy: .octoPrint)
        for _ in 1...2 {
            let changes = watch.changes(by: .printEnded(.printer, print), at: .start + .seconds(5410))
            #expect(changes.compactMap(\.alert?.message) == [message])
        }
    }

    @Test func `is told once of a camera that is frozen, until it shows something else or the print is over`() {
        var watch = AlertWatch()
        let since = Timestamp.start - .seconds(3600)
        let raised = watch.changes(by: .frozen(.printer, since: since), at: .start)
        guard case .raise(let alert, let open?)? = raised.first else {
            Issue.record("not raised")
            return
        }
        #expect(alert.kind == .cameraFrozen)
        #expect(alert.message == "printer: the very same picture for 1h while it prints: the camera hangs.")
        #expect(open.since == since)
        #expect(watch.changes(by: .frozen(.printer, since: since), at: .start + .seconds(60)).isEmpty)
        #expect(watch.changes(by: .slot(.slot(.duplicate)), at: .start).isEmpty)
        let back = watch.changes(by: .slot(.slot(.stored)), at: .start + .seconds(600))
        #expect(back.first == .close(.cameraFrozen, camera: .printer))
        #expect(back.count == 2)

        _ = watch.changes(by: .frozen(.printer, since: since), at: .start)
        let print = PrintJob(startedAt: since, toldBy: .url)
        #expect(
            watch.changes(by: .printEnded(.printer, print), at: .start).first == .close(.cameraFrozen, camera: .printer)
        )
    }
}

@Suite struct `The owner of an account` {
    private let cameras = [CameraName.other, .printer]

    private func kinds(_ watch: inout AlertWatch, _ report: BudgetReport) -> [AlertKind] {
        watch.changes(by: .allowance(cameras: cameras, report), at: .start).compactMap(\.alert?.kind)
    }

    @Test func `is told once, for all its cameras, that the stop is near and that it is met`() {
        var watch = AlertWatch()
        let told = [100, 215, 216, 220, 269, 270, 271].flatMap { kinds(&watch, .used($0)) }
        #expect(told == [.capNear, .capMet])
    }

    @Test func `reads how much is left and until when`() {
        var watch = AlertWatch()
        let alert = watch.changes(by: .allowance(cameras: cameras, .used(216)), at: .start).first?.alert
        #expect(
            alert?.message
                == "other and printer: 216 MB are used of the 270 MB at which captures stop; the reset is in 16d 16h.")
    }

    @Test func `is not told again while the figure wavers about the limit`() {
        var watch = AlertWatch()
        let told = [216, 210, 216, 212, 217].flatMap { kinds(&watch, .used($0)) }
        #expect(told == [.capNear])
    }

    @Test func `is told anew in the next month`() {
        var watch = AlertWatch()
        let told = [269, 270, 1, 216].flatMap { kinds(&watch, .used($0)) }
        #expect(told == [.capNear, .capMet, .capNear])
    }

    @Test func `is told when the server refuses, also where we would not have stopped`() {
        var watch = AlertWatch()
        #expect(kinds(&watch, .used(10, stop: .off, refused: true)) == [.capMet])
    }

    @Test func `is told nothing where there is no cap`() {
        var watch = AlertWatch()
        #expect(kinds(&watch, .used(100_000, cap: nil)) == [])
    }

    @Test func `is not told again after a restart, whichever camera it was told for`() {
        let open = OpenAlert(kind: "cap_met", camera: .printer, since: .start)
        var watch = AlertWatch(open: [open])
        #expect(kinds(&watch, .used(280)) == [])
        let changes = watch.changes(by: .allowance(cameras: cameras, .used(1)), at: .start)
        #expect(changes == [.close(.capMet, camera: .printer)])
    }
}

@Suite struct `The owner of an archive` {
    @Test func `is told once that room is short, until there clearly is room`() {
        var watch = AlertWatch()
        let told = [2_000, 999, 998, 1_001, 999, 1_200, 900].map { megabytes in
            watch.changes(by: .disk(free: ByteCount(megabytes * 1_000_000)), at: .start)
        }
        #expect(told.map { $0.compactMap(\.alert?.kind) } == [[], [.diskLow], [], [], [], [], [.diskLow]])
        #expect(told[5] == [.close(.diskLow, camera: nil)])
    }

    @Test func `is told that the log grows, and by whose doing`() {
        var watch = AlertWatch()
        let told = watch.changes(by: .logGrown(ByteCount(300_000_000), readers: []), at: .start)
        #expect(told.first?.alert?.kind == .logGrowing)
        #expect(told.first?.alert?.text.contains("300 MB") == true)
        #expect(watch.changes(by: .logShortened, at: .start) == [.close(.logGrowing, camera: nil)])
        #expect(watch.changes(by: .logShortened, at: .start) == [])
    }

    @Test func `is told once that captures pause, whatever the number of slots, and of no camera that it stopped`() {
        var watch = AlertWatch()
        let pause = RoomPause.quota(used: ByteCount(9), limit: ByteCount(9))
        let told = watch.changes(by: .paused(pause), at: .start).compactMap(\.alert)
        #expect(told.map(\.kind) == [.diskLow])
        #expect(told.first?.message.contains("9 B of the 9 B") == true)
        for slot in 0..<100 {
            let changes = watch.changes(
                by: .slot(.slot(.disk, at: .start + .seconds(10) * slot)), at: .start + .seconds(10) * slot)
            #expect(changes == [])
        }
        // There is ample room on the device all the while.
        let ample = CaptureEvent.disk(free: ByteCount(9_000_000_000))
        #expect(watch.changes(by: ample, at: .start) == [])
        #expect(watch.changes(by: .resumed(after: .seconds(9)), at: .start) == [])
        #expect(watch.changes(by: ample, at: .start) == [.close(.diskLow, camera: nil)])
    }
}

extension AlertChange {
    var alert: Alert? {
        if case .raise(let alert, _) = self { alert } else { nil }
    }
}
