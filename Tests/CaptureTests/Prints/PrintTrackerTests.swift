import HTTP
import Testing
import Tunnel
import Vocabulary

@testable import Capture

@Suite struct `A print, as its witnesses tell of it` {
    private var tracker = PrintTracker()
    private let noon = Timestamp(milliseconds: 1_795_435_200_000)

    private func after(_ seconds: Int) -> Timestamp { noon + .seconds(seconds) }

    private func job(
        _ state: OctoPrintState, _ name: String? = "boat.gcode", _ progress: Double? = nil, for time: Int? = nil
    )
        -> OctoPrintJob
    {
        OctoPrintJob(state: state, name: name, progress: progress, printTime: time.map { .seconds($0) })
    }

    @Test mutating func `begins with the first picture that was uploaded while printing`() {
        let changes = tracker.sawPicture(ofPrint: 77, at: after(0))
        #expect(changes == [.started(PrintJob(number: 77, startedAt: after(0), toldBy: .url))])
        #expect(tracker.sawPicture(ofPrint: 77, at: after(10)) == [])
        #expect(tracker.current?.number == 77)
    }

    @Test mutating func `ends with an idle picture after which none of it comes for five minutes`() {
        _ = tracker.sawPicture(ofPrint: 77, at: after(0))
        #expect(tracker.sawIdlePicture(at: after(20)) == [])
        #expect(!tracker.isRunning(at: after(20)))
        #expect(tracker.waited(until: after(300)) == [])
        #expect(
            tracker.waited(until: after(301)) == [
                .ended(PrintJob(number: 77, state: .ended, startedAt: after(0), endedAt: after(20), toldBy: .url))
            ])
        #expect(tracker.current == nil)
    }

    @Test mutating func `is not ended by idle pictures while the server still has its own, for a day at most`() {
        _ = tracker.sawPicture(ofPrint: 77, at: after(0))
        #expect(!tracker.mayEnd(at: after(300), by: true))
        #expect(!tracker.mayEnd(at: after(1000), by: false))
        #expect(tracker.mayEnd(at: after(1000), by: true))
        tracker.sawPictureStillThere(at: after(1000))
        #expect(tracker.sawIdlePicture(at: after(1000)) == [])
        #expect(!tracker.mayEnd(at: after(1299), by: true))
        #expect(tracker.mayEnd(at: after(1300), by: false))
        tracker.sawPictureStillThere(at: after(1300))
        #expect(tracker.waited(until: after(1599)) == [])
        #expect(tracker.waited(until: after(1600)).count == 1)

        _ = tracker.sawPicture(ofPrint: 78, at: after(2000))
        #expect(tracker.sawIdlePicture(at: after(2010)) == [])
        tracker.sawPictureStillThere(at: after(2001 + 86_400))
        #expect(tracker.waited(until: after(2001 + 86_400)).count == 1)
    }

    @Test mutating func `goes on where somebody looked at the server's page meanwhile`() {
        _ = tracker.sawPicture(ofPrint: 77, at: after(0))
        for second in stride(from: 120, through: 6000, by: 120) {
            #expect(tracker.sawIdlePicture(at: after(second - 60)) == [])
            #expect(tracker.sawPicture(ofPrint: 77, at: after(second)) == [])
            #expect(tracker.isRunning(at: after(second)))
        }
    }

    @Test(arguments: [301, 3600, 86_400, 21 * 86_400])
    mutating func `does not end by silence, for a print that is paused shows nothing`(seconds: Int) {
        _ = tracker.sawPicture(ofPrint: 77, at: after(0))
        #expect(tracker.waited(until: after(seconds)) == [])
        #expect(!tracker.isRunning(at: after(seconds)))
        #expect(tracker.sawPicture(ofPrint: 77, at: after(seconds)) == [])
        #expect(tracker.isRunning(at: after(seconds)))
        #expect(tracker.current?.startedAt == after(0))
    }

    @Test mutating func `is the same one where it goes on after it had seemed to be over`() {
        _ = tracker.sawPicture(ofPrint: 77, in: "server/1", at: after(0))
        _ = tracker.sawIdlePicture(at: after(20))
        #expect(tracker.waited(until: after(7200)).count == 1)
        #expect(
            tracker.sawPicture(ofPrint: 77, in: "server/1", at: after(9000)) == [
                .resumed(PrintJob(number: 77, series: "server/1", startedAt: after(0), toldBy: .url))
            ])
    }

    @Test mutating func `is another one where the number comes from another server`() {
        _ = tracker.sawPicture(ofPrint: 77, in: "server/1", at: after(0))
        #expect(tracker.sawPicture(ofPrint: 77, in: "other/1", at: after(60)).count == 2)
        #expect(tracker.current?.series == "other/1")
        _ = tracker.sawIdlePicture(at: after(70))
        _ = tracker.waited(until: after(1000))
        #expect(
            tracker.sawPicture(ofPrint: 77, in: "server/1", at: after(2000)) == [
                .started(PrintJob(number: 77, series: "server/1", startedAt: after(2000), toldBy: .url))
            ])
    }

    @Test mutating func `is another one where its number comes again after more than a print can last`() {
        _ = tracker.sawPicture(ofPrint: 77, at: after(0))
        let changes = tracker.sawPicture(ofPrint: 77, at: after(61 * 86_400))
        #expect(changes.count == 2)
        #expect(tracker.current?.startedAt == after(61 * 86_400))
    }

    @Test mutating func `is not begun anew by a picture that was uploaded right before its end`() {
        _ = tracker.sawPicture(ofPrint: 77, at: after(0))
        _ = tracker.saw(job(.printing, "boat.gcode", 0.9), at: after(10))
        #expect(tracker.saw(job(.operational, "boat.gcode", 1), at: after(40)).count == 1)
        #expect(tracker.sawPicture(ofPrint: 77, at: after(45)) == [])
        #expect(tracker.current == nil)
        #expect(tracker.previous?.state == .finished)
    }

    @Test mutating func `is another one where OctoPrint's progress begins anew`() {
        _ = tracker.saw(job(.printing, "boat.gcode", 0.6), at: after(0))
        #expect(tracker.saw(job(.printing, "boat.gcode", 0.58), at: after(300)) == [])
        #expect(tracker.saw(job(.printing, "boat.gcode", 0.01), at: after(600)).count == 2)
    }

    @Test mutating func `gives way to the next one by its number, and ended when it was last seen`() {
        _ = tracker.sawPicture(ofPrint: 77, at: after(0))
        _ = tracker.sawPicture(ofPrint: 77, at: after(30))
        let changes = tracker.sawPicture(ofPrint: 78, at: after(200))
        #expect(
            changes == [
                .ended(PrintJob(number: 77, state: .ended, startedAt: after(0), endedAt: after(30), toldBy: .url)),
                .started(PrintJob(number: 78, startedAt: after(200), toldBy: .url)),
            ])
    }

    @Test mutating func `has OctoPrint's name, progress and beginning`() {
        let changes = tracker.saw(job(.printing, "boat.gcode", 0.25, for: 600), at: after(0))
        let print = PrintJob(name: "boat.gcode", startedAt: after(-600), progress: 0.25, toldBy: .octoPrint)
        #expect(changes == [.started(print)])
        _ = tracker.saw(job(.paused, "boat.gcode", 0.5), at: after(60))
        #expect(tracker.current?.state == .paused)
        #expect(tracker.current?.progress == 0.5)
    }

    @Test mutating func `is one print by both witnesses`() {
        _ = tracker.sawPicture(ofPrint: 77, at: after(0))
        #expect(tracker.saw(job(.printing), at: after(5)) == [])
        #expect(tracker.current?.number == 77)
        #expect(tracker.current?.name == "boat.gcode")
        #expect(tracker.current?.toldBy == .octoPrint)
    }

    @Test(arguments: [
        (OctoPrintState.operational, 1.0, PrintState.finished), (.operational, 0.4, .cancelled), (.error, 0.4, .failed),
        (.offline, 0.4, .failed),
    ])
    mutating func `ends as OctoPrint says it did`(state: OctoPrintState, progress: Double, end: PrintState) {
        _ = tracker.saw(job(.printing), at: after(0))
        guard case .ended(let print) = tracker.saw(job(state, "boat.gcode", progress), at: after(60)).first else {
            Issue.record("it has not ended")
            return
        }
        #expect(print.state == end)
        #expect(print.endedAt == after(60))
    }

    @Test mutating func `is not ended by an idle picture while OctoPrint's word holds`() {
        _ = tracker.saw(job(.paused), at: after(0))
        #expect(tracker.sawIdlePicture(at: after(60)) == [])
        #expect(tracker.waited(until: after(800)) == [])
        #expect(tracker.sawIdlePicture(at: after(901)).count == 1)
    }

    @Test mutating func `begins by its pictures even where OctoPrint said a while ago that none ran`() {
        _ = tracker.saw(job(.operational), at: after(0))
        #expect(tracker.sawPicture(ofPrint: 78, at: after(60)).count == 1)
    }

    @Test mutating func `is another one by another name`() {
        _ = tracker.saw(job(.printing), at: after(0))
        let changes = tracker.saw(job(.printing, "cube.gcode", for: 10), at: after(600))
        #expect(changes.count == 2)
        #expect(tracker.current?.startedAt == after(590))
    }

    @Test mutating func `begins when pictures began to change, where nothing else tells`() {
        #expect(
            tracker.sawChange(since: after(0), at: after(20))
                == [.started(PrintJob(startedAt: after(0), toldBy: .stillness))])
        #expect(tracker.sawChange(since: after(10), at: after(30)) == [])
        #expect(
            tracker.waited(until: after(331)) == [
                .ended(PrintJob(state: .ended, startedAt: after(0), endedAt: after(30), toldBy: .stillness))
            ])
    }
}

@Suite struct `Asking OctoPrint about its job` {
    private let noon = Timestamp(milliseconds: 1_795_435_200_000)

    /// How often it is asked in a day of slots 10 s apart.
    private func polls(hasOtherWitness: Bool, isPrinting: Bool) -> Int {
        var polling = JobPolling(hasOtherWitness: hasOtherWitness)
        return (0..<8640).count { slot in
            let now = noon + .seconds(slot * 10)
            guard polling.isDue(at: now, isPrinting: isPrinting) else { return false }
            polling.asked(at: now)
            return true
        }
    }

    @Test(arguments: [(true, true, 288), (true, false, 24), (false, true, 288), (false, false, 288)])
    func `is seldom, and a few megabytes a month at the most`(hasOtherWitness: Bool, isPrinting: Bool, most: Int) {
        let polls = polls(hasOtherWitness: hasOtherWitness, isPrinting: isPrinting)
        #expect((1...most).contains(polls))
        #expect(polls * 31 * 800 < 8_000_000)
    }

    @Test func `happens soon where a print began, but no more often than every half minute`() {
        var polling = JobPolling(hasOtherWitness: true)
        polling.asked(at: noon)
        polling.want()
        #expect(!polling.isDue(at: noon + .seconds(29), isPrinting: true))
        #expect(polling.isDue(at: noon + .seconds(30), isPrinting: true))
        polling.asked(at: noon + .seconds(30))
        #expect(!polling.isDue(at: noon + .seconds(60), isPrinting: true))
    }
}
