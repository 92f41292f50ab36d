import Archive
import Testing
import Timelapses
import Vocabulary

@Suite struct `A rule for prints` {
    private let planner = TimelapsePlanner(.afterPrint)
    private let standing = RuleStanding(from: utc("2026-11-23 09:00"))

    private func due(
        _ print: FinishedPrint, at now: String, known: ArchivedTimelapse? = nil, by planner: TimelapsePlanner? = nil
    ) -> ArchivedTimelapse? {
        (planner ?? self.planner).timelapse(of: print, known: known, standing: standing, at: utc(now))
    }

    @Test func `has one due when the print did not go on for a while`() throws {
        #expect(due(.made(), at: "2026-11-23 12:00") == nil)
        let timelapse = try #require(due(.made(), at: "2026-11-23 12:01"))
        #expect(timelapse.state == .waiting)
        #expect(timelapse.subject == .print(7))
        #expect(timelapse.dueAt == utc("2026-11-23 12:01"))
        #expect(timelapse.until == utc("2026-11-23 12:00"))
    }

    @Test func `waits for the camera that goes on after it`() {
        var planner = planner
        planner.postRolls[.mk3] = .seconds(300)
        #expect(due(.made(), at: "2026-11-23 12:04", by: planner) == nil)
        #expect(due(.made(), at: "2026-11-23 12:05", by: planner) != nil)
        #expect(due(.made(camera: .mk4), at: "2026-11-23 12:01", by: planner) != nil)
    }

    @Test func `makes what became due while nobody was there, and leaves out what ended before there was the rule`() {
        #expect(due(.made(), at: "2027-03-01 00:00") != nil)
        #expect(due(.made(to: "2026-11-23 08:59"), at: "2026-11-23 12:00") == nil)
    }

    @Test func `has one of a print, and another of the same print by another camera`() {
        let first = due(.made(), at: "2026-11-23 12:01")
        #expect(due(.made(), at: "2026-11-23 12:02", known: first) == nil)
        #expect(due(.made(8, camera: .mk4), at: "2026-11-23 12:02") != nil)
    }

    @Test func `makes it again where the print turned out to go on`() throws {
        var made = try #require(due(.made(), at: "2026-11-23 12:01"))
        made.begin(as: [.init(path: "/t/a.mp4")])
        #expect(
            due(.made(to: "2026-11-24 08:00"), at: "2026-11-24 09:00", known: made) == nil, "while it is being made")
        made.finish(
            files: [.init(path: "/t/a.mp4", bytes: 9)], poster: nil, frames: 5, length: nil, at: utc("2026-11-23 12:02")
        )
        let again = try #require(due(.made(to: "2026-11-24 08:00"), at: "2026-11-24 09:00", known: made))
        #expect(again.state == .waiting)
        #expect(again.until == utc("2026-11-24 08:00"))
        #expect(again.files == made.files, "it replaces the file that there is")
        made.forget()
        #expect(due(.made(to: "2026-11-24 08:00"), at: "2026-11-24 09:00", known: made) == nil)
    }

    /// The clock was an hour fast when the print ended.
    @Test func `loses none to a clock that was set back`() {
        var standing = RuleStanding(from: utc("2036-01-01 00:00"))
        standing.heed(clockAt: utc("2026-11-23 11:30"))
        let timelapse = planner.timelapse(
            of: .made(), known: nil, standing: standing, at: utc("2026-11-23 11:30"))
        #expect(timelapse != nil)
        #expect(
            planner.timelapse(of: .made(), known: timelapse, standing: standing, at: utc("2026-11-23 12:30")) == nil)
    }

    @Test func `says why it leaves a print out`() {
        var rule = TimelapseRule.afterPrint
        rule.prints.names = [NamePattern("bench*"), NamePattern("*v?.gcode")]
        rule.prints.takesFailed = false
        rule.prints.leastLength = .seconds(1800)
        rule.cameras = [.mk3]
        let planner = TimelapsePlanner(rule)
        func reason(_ print: FinishedPrint) -> String? { due(print, at: "2026-11-23 23:00", by: planner)?.reason }
        #expect(reason(.made()) == nil)
        #expect(reason(.made(name: "Cube_V2.GCODE")) == nil)
        #expect(reason(.made(name: "cube.gcode")) == "its name fits none of the rule's")
        #expect(reason(.made(name: nil)) == "it has no name")
        #expect(reason(.made(state: .failed)) == "it failed")
        #expect(reason(.made(state: .cancelled)) == "it was cancelled")
        #expect(reason(.made(from: "2026-11-23 11:55")) == "it took 5m, less than 30m")
        #expect(reason(.made(frames: 3)) == "there are 3 frames of it, fewer than 10")
        #expect(reason(.made(frames: 0)) == "there is no frame of it")
        #expect(reason(.made(isExcluded: true)) == "its frames are left out of exports")
        #expect(due(.made(name: "cube.gcode"), at: "2026-11-23 23:00", by: planner)?.state == .skipped)
        #expect(due(.made(camera: .mk4), at: "2026-11-23 23:00", by: planner) == nil, "another camera's is none of its")
    }

    @Test(arguments: [
        ("*", "", true), ("", "", true), ("", "a", false), ("a*b*c", "axxbyyc", true), ("a*b*c", "axxbyy", false),
        ("?", "ä", true), ("?", "", false), ("*.gcode", "x.gcode.bak", false), ("**a", "bba", true),
        (String(repeating: "*a", count: 30) + "b", String(repeating: "a", count: 3000), false),
    ])
    func `knows names by their patterns`(pattern: String, name: String, fits: Bool) {
        #expect(NamePattern(pattern).fits(name) == fits)
    }
}
