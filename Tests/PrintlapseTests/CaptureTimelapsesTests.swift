import Archive
import Capture
import Foundation
import Storage
import Synchronization
import TestSupport
import Testing
import Timelapses
import Vocabulary

@testable import Settings
@testable import printlapse

/// A capture's timelapses, whose clock and whose work are the test's.
private final class Beside: Sendable {
    let clock = Mutex(Timestamp(seconds: 1_800_000_000))
    /// How often somebody was sent to look.
    let looks = Mutex(0)
    let told = Mutex<[CaptureEvent]>([])
    let failure = Mutex<(any Error)?>(nil)
    let became = Mutex<[Int64]>([])
    let archive: FrameArchive
    let printer: CameraName

    init(_ archive: FrameArchive) throws { (self.archive, printer) = (archive, try CameraName("printer")) }

    static func with(_ body: (Beside) async throws -> Void) async throws {
        try await ProgramBench.with { bench in
            let archive = try await FrameArchive.open(at: bench.archive)
            let result: Result<Void, any Error>
            do { result = .success(try await body(Beside(archive))) } catch { result = .failure(error) }
            try await archive.close()
            try result.get()
        }
    }

    func timelapses(_ orders: TimelapseOrders) -> CaptureTimelapses {
        CaptureTimelapses(
            orders, archive: archive, now: { self.clock.withLock(\.self) },
            tell: { event in self.told.withLock { $0.append(event) } },
            work: { became in
                self.looks.withLock { $0 += 1 }
                for id in self.became.withLock(\.self) { became(id) }
                if let failure = self.failure.withLock(\.self) { throw failure }
            })
    }

    func orders(wait: Duration = .seconds(60), name: String = "print") throws -> TimelapseOrders {
        let rule = TimelapseRule(name: name, occasion: .afterPrint(patience: wait), folder: "/tmp/films")
        return TimelapseOrders(
            setups: [try TimelapseSetup(JobConfiguration.Timelapse(rule: rule), file: "config.yaml")])
    }

    func advance(_ time: Duration) { clock.withLock { $0 = $0 + time } }

    /// Somebody was sent so many times in all.
    func looked(_ count: Int) async throws {
        try await wait(for: "look \(count)") { self.looks.withLock { $0 >= count } }
        #expect(looks.withLock(\.self) == count)
    }

    var printEnded: CaptureEvent {
        .printEnded(printer, PrintJob(state: .finished, startedAt: clock.withLock(\.self), toldBy: .octoPrint))
    }
}

@Suite(.timeLimit(.minutes(2))) struct `What a capture has made beside it` {
    @Test func `is looked for at its beginning, and after a print once it did not go on`() async throws {
        try await Beside.with { beside in
            let timelapses = beside.timelapses(try beside.orders(wait: .seconds(600)))
            try await timelapses.work {
                try await beside.looked(1)
                timelapses.observe(beside.printEnded)
                beside.advance(.seconds(599))
                timelapses.observe(beside.printEnded)
                beside.advance(.seconds(2))
                // It is the first print's time now, and whatever wakes it has it look.
                timelapses.observe(beside.printEnded)
                try await beside.looked(2)
            }
        }
    }

    @Test func `is not looked for without a rule, and at once when there is one`() async throws {
        try await Beside.with { beside in
            let timelapses = beside.timelapses(TimelapseOrders())
            try await timelapses.work {
                timelapses.observe(beside.printEnded)
                beside.advance(.seconds(7200))
                timelapses.observe(beside.printEnded)
                #expect(beside.looks.withLock(\.self) == 0)
                timelapses.change(to: try beside.orders())
                try await beside.looked(1)
                // The same again is no change; another rule is one.
                timelapses.change(to: try beside.orders())
                timelapses.change(to: try beside.orders(name: "other"))
                try await beside.looked(2)
                timelapses.change(to: TimelapseOrders())
                beside.advance(.seconds(7200))
                timelapses.observe(beside.printEnded)
                timelapses.change(to: try beside.orders())
                try await beside.looked(3)
            }
        }
    }

    @Test func `is looked for at once where the clock was set back, and every hour in any case`() async throws {
        try await Beside.with { beside in
            let timelapses = beside.timelapses(try beside.orders())
            try await timelapses.work {
                try await beside.looked(1)
                beside.advance(.seconds(-5 * 86_400))
                timelapses.observe(beside.printEnded)
                try await beside.looked(2)
                beside.advance(.seconds(3600))
                timelapses.observe(beside.printEnded)
                try await beside.looked(3)
            }
        }
    }

    @Test func `is told of as the archive has it, and why nobody could look`() async throws {
        try await Beside.with { beside in
            let now = beside.clock.withLock(\.self)
            let entered = try await beside.archive.enter(
                ArchivedTimelapse(
                    rule: "print", camera: beside.printer, subject: .print(1), since: now, until: now, dueAt: now))
            beside.became.withLock { $0 = [entered.id, 99] }
            beside.failure.withLock {
                $0 = CommandError("no timelapses are made: nice is not there", hint: "Look.", status: .wrong)
            }
            let timelapses = beside.timelapses(try beside.orders())
            try await timelapses.work {
                try await wait(for: "both to be told") { beside.told.withLock { $0.count >= 2 } }
                let told = beside.told.withLock(\.self)
                guard case .timelapse(let timelapse)? = told.first, case .timelapsesNotMade(let reason)? = told.last
                else {
                    Issue.record("\(told)")
                    return
                }
                #expect(timelapse == entered)
                #expect(reason.contains("nice is not there"))
                // It is tried again, but not before a minute is over.
                beside.advance(.seconds(59))
                timelapses.observe(beside.printEnded)
                #expect(beside.looks.withLock(\.self) == 1)
                beside.advance(.seconds(2))
                timelapses.observe(beside.printEnded)
                try await beside.looked(2)
            }
        }
    }

    @Test func `ends with the capture, in the midst of what is being made`() async throws {
        try await Beside.with { beside in
            let (begun, begin) = AsyncStream<Void>.makeStream()
            let wasCancelled = Mutex(false)
            let timelapses = CaptureTimelapses(
                try beside.orders(), archive: beside.archive,
                tell: { event in beside.told.withLock { $0.append(event) } },
                work: { _ in
                    begin.finish()
                    do { try await ContinuousClock().sleep(for: .seconds(600)) } catch {
                        wasCancelled.withLock { $0 = true }
                        throw error
                    }
                })
            let value = try await timelapses.work {
                for await _ in begun {}
                return 7
            }
            #expect(value == 7)
            #expect(wasCancelled.withLock(\.self) == true)
            #expect(beside.told.withLock(\.count) == 0, "to be interrupted is no failure")
        }
    }
}
