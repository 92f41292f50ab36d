import Foundation
import Testing
import Timelapses
import Vocabulary

@Suite struct `A timelapse's name` {
    private func name(_ template: TimelapseName, print: (Int64, String?)? = (7, "Benchy 0.2 mm.gcode")) -> String {
        template.name(
            rule: "print", camera: .mk3, since: berlin("2026-11-23 14:05"),
            print: print.map { (number: $0.0, name: $0.1) }, in: .berlin)
    }

    @Test func `has camera, print and local time`() throws {
        let standard = TimelapseName.standard(for: .afterPrint(patience: .zero))
        #expect(name(standard) == "mk3 2026-11-23 1405 Benchy 0.2 mm.mp4")
        #expect(name(standard, print: (7, nil)) == "mk3 2026-11-23 1405 print 7.mp4")
        #expect(name(.standard(for: .every(.month, at: .midnight)), print: nil) == "mk3 2026-11.mp4")
        #expect(name(.standard(for: .rolling(.seconds(60), renewed: .seconds(60))), print: nil) == "mk3 print.mp4")
        #expect(name(try TimelapseName("{number} {utc:%H%M}.webm")) == "7 1305.webm")
    }

    @Test func `ends as it says, and as a video where it says nothing`() throws {
        #expect(name(try TimelapseName("{print}")) == "Benchy 0.2 mm.mp4")
        #expect(name(try TimelapseName("{print}.jpg")) == "Benchy 0.2 mm.jpg")
        #expect(name(try TimelapseName("{camera}/")) == "mk3/")
    }

    @Test(arguments: [
        ("../../etc/passwd", "_.. .. etc passwd.mp4"), ("-rf", "_-rf.mp4"), ("a/b\\c:d\n", "a b c d.mp4"),
        ("CON", "CON_.mp4"), (".hidden", "_.hidden.mp4"),
        (String(repeating: "x", count: 300), String(repeating: "x", count: 100) + ".mp4"),
    ])
    func `stays in its folder, whatever the print is called`(print: String, file: String) throws {
        #expect(name(try TimelapseName("{print}.mp4"), print: (7, print)) == file)
    }

    @Test(arguments: ["", "a/b", "{", "{day}", "{local}", "{local:%Q}", "a:b"])
    func `is none where it cannot be one`(text: String) {
        #expect(throws: TimelapseRuleError.self) { try TimelapseName(text) }
    }

    @Test func `tells whether the next one would have the same`() throws {
        let print = TimelapseOccasion.afterPrint(patience: .zero)
        #expect(try TimelapseName("{camera}.mp4").mixes(print))
        #expect(try !TimelapseName("{camera} {number}.mp4").mixes(print))
        #expect(try !TimelapseName("{camera}.mp4").mixes(.rolling(.seconds(60), renewed: .seconds(60))))
    }
}
