import Archive
import Storage
import TestSupport
import Testing
import Vocabulary

@testable import Export

@Suite struct `A video of a print that was interrupted` {
    private func run(_ from: Double, _ until: Double, _ outcome: SlotOutcome = .unchanged) throws -> LedgerRun {
        LedgerRun(
            camera: try CameraName("printer"), outcome: outcome, detail: nil,
            from: Footage.start + .milliseconds(Int64(from * 1000)), interval: .seconds(10),
            slots: Int((until - from) / 10), bytes: .zero, frame: nil)
    }

    private func chapters(
        _ row: [ExportCandidate], silences: [LedgerRun] = [], pace: VideoPace = .rate(FrameRate(10, per: 1))
    ) throws -> [String] {
        let interruptions = Standstill.interruptions(in: row, silences: silences)
        let plan = try VideoPlan(row, pace: pace, timing: VideoTiming(), interruptions: interruptions)
        return plan.timeline.chapters.map { "\(Double($0.start) / 1_000_000) \($0.title)" }
    }

    /// Frames every 10 s, and those between two instants of a paused printer.
    private func row(_ count: Int, paused: Range<Double>? = nil, print: Int64? = 7) throws -> [ExportCandidate] {
        try (0..<count).map { number in
            let second = Double(number * 10)
            return try .at(
                second, number: Int64(number + 1), isPaused: paused?.contains(second) == true, print: print)
        }
    }

    @Test func `has a chapter for the pause and one for what comes after`() throws {
        let row = try row(60, paused: 200..<400)
        #expect(try chapters(row) == ["0.0 Printing", "2.0 Paused for 3m 20s", "4.0 Printing"])
        #expect(
            try chapters(row, pace: .realTime(10))
                == ["0.0 Printing", "20.0 Paused for 3m 20s", "40.0 Printing"])
    }

    @Test func `has one where it goes on after a pause that is too short to be seen`() throws {
        let row = try row(21) + [.at(300, number: 22, isPaused: true)] + [1940, 1950].map { try .at($0, number: 23) }
        #expect(try chapters(row) == ["0.0 Printing", "2.2 Goes on: paused for 27m 20s"])
    }

    @Test func `has one where the agent was silent for longer than between two pictures of a print`() throws {
        let row = try row(21) + [1940, 1950].map { try .at($0, number: 22) }
        #expect(
            try chapters(row, silences: [run(210, 1200), run(1200, 1940, .noPicture)])
                == ["0.0 Printing", "2.1 Goes on: no new picture for 29m"])
        #expect(try chapters(row, silences: [run(210, 500)]).isEmpty, "too short")
        #expect(try chapters(row).isEmpty, "frames may lie so far apart for many reasons")
        #expect(try chapters(self.row(60), silences: [run(0, 590)]).isEmpty, "there are pictures all the while")
    }

    @Test func `has none where it does not go on, of another print, and backwards`() throws {
        #expect(try chapters(row(60, paused: 200..<900)).isEmpty)
        let others = try row(30, paused: 200..<300) + row(60, print: 8).dropFirst(30)
        #expect(try chapters(others).isEmpty)
        #expect(try chapters(row(60, paused: 200..<400, print: nil)).isEmpty)
        #expect(try chapters(row(60, paused: 200..<400).reversed()).isEmpty)
        #expect(try chapters(row(60, paused: 200..<240)).isEmpty, "it was a moment")
    }

    @Test func `makes one chapter of pauses that lie too close together`() throws {
        let twice = try row(60).map { frame in
            let second = (frame.capturedAt - Footage.start) / .seconds(1)
            let isPaused = (200..<300).contains(second) || (320..<400).contains(second)
            return try ExportCandidate.at(second, number: frame.id.number, isPaused: isPaused)
        }
        #expect(
            try chapters(twice) == ["0.0 Printing", "2.0 Paused for 1m 40s", "3.2 Paused for 1m 20s", "4.0 Printing"])
    }

    @Test(arguments: ["lapse.mp4", "lapse.mkv"])
    func `has them in its file`(output: String) async throws {
        var print = PrintJob(number: 7, startedAt: Footage.start, toldBy: .octoPrint)
        let seconds = Array(0..<20) + Array(100..<110) + Array(1000..<1020)
        let footage = try await Footage(
            seconds.map { second in
                print.state = (100..<110).contains(second) ? .paused : .printing
                return Shot(
                    picture: .picture(seed: UInt64(second)), time: Footage.start + .seconds(second), print: print)
            })
        let archive = try await FrameArchive.open(at: footage.folder("archive.sqlite"))
        for second in 110..<1000 {
            try await archive.record(
                .unchanged, detail: nil, for: Slot(due: Footage.start + .seconds(second), interval: .seconds(1)),
                camera: footage.frames[0].camera, received: .zero, seen: footage.frames[29].id)
        }
        try await archive.close()
        let plan = try await Exporter(catalog: footage.catalog).plan(
            footage.request(output) { $0.pace = .rate(FrameRate(10, per: 1)) })
        #expect(plan.video?.chapters == 3)
        _ = try await footage.export(output) { $0.pace = .rate(FrameRate(10, per: 1)) }
        let answer = try Tool.run(
            "ffprobe",
            [
                "-v", "error", "-show_chapters", "-show_entries", "chapter=start_time:chapter_tags=title", "-of",
                "csv=p=0", footage.outputs(output),
            ])
        #expect(
            answer.text.split(separator: "\n") == [
                "0.000000,Printing", "2.000000,Paused for 15m", "3.000000,Printing",
            ])
    }
}
