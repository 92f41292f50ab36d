import Archive
import Testing
import Vocabulary

@testable import Export

@Suite struct `A video in real time` {
    private func timeline(
        _ row: [ExportCandidate], speed: Double = 10, gaps: [LedgerRun] = [],
        _ change: (inout VideoTiming) -> Void = { _ in }
    ) throws -> VideoTimeline {
        var timing = VideoTiming()
        change(&timing)
        let standstills =
            timing.squeeze.map { Standstill.found(in: row, gaps: gaps, longerThan: $0) } ?? []
        return try VideoPlan(row, pace: .realTime(speed), timing: timing, standstills: standstills).timeline
    }

    private func gap(
        _ from: Double, _ until: Double, _ outcome: SlotOutcome = .offline, _ detail: String? = nil,
        camera: String = "printer"
    ) throws -> LedgerRun {
        LedgerRun(
            camera: try CameraName(camera), outcome: outcome, detail: detail.map(SlotReason.init(label:)),
            from: Footage.start + .milliseconds(Int64(from * 1000)), interval: .seconds(1), slots: Int(until - from),
            bytes: .zero, frame: nil)
    }

    @Test func `shows each frame until the next one was captured`() throws {
        let timeline = try timeline(.row([0, 10, 15, 40]))
        #expect(timeline.starts == [0, 1_000_000, 1_500_000, 4_000_000])
        // The last as long as a usual one.
        #expect(timeline.duration == 5_000_000)
        #expect(timeline.isVariable)
        #expect(timeline.chapters.isEmpty)
    }

    @Test func `shows the same backwards where the newest frame comes first`() throws {
        let timeline = try timeline(.row([0, 10, 15, 40]).reversed())
        #expect(timeline.starts == [0, 2_500_000, 3_000_000, 4_000_000])
        #expect(timeline.frames.numbers == [4, 3, 2, 1])
    }

    @Test func `goes on where a clock was set back`() throws {
        let timeline = try timeline(.row([0, 10, 20, 5, 15, 25]))
        #expect(timeline.starts == [0, 1, 2, 3, 4, 5].map { $0 * 1_000_000 })
    }

    @Test func `thins frames that are closer than a sixtieth of a second, the first and the last left`() throws {
        let timeline = try timeline(.row((0...1000).map(Double.init)), speed: 120)
        #expect(zip(timeline.starts.dropFirst(), timeline.starts).allSatisfy { $0 - $1 >= 16_666 })
        #expect(timeline.frames.numbers.first == 1)
        #expect(timeline.frames.numbers.last == 1001)
        #expect(timeline.frames.count == 501)
    }

    @Test func `can be of one frame, and of two at one instant`() throws {
        #expect(try timeline(.row([0])).duration == 33_333)
        let two = try timeline(.row([0, 0]))
        #expect(two.frames.count == 2)
        #expect(two.starts == [0, 16_666])
    }

    @Test func `holds its first and last frame`() throws {
        let timeline = try timeline(.row([0, 10, 20])) { ($0.holdFirst, $0.holdLast) = (.seconds(3), .seconds(4)) }
        #expect(timeline.starts == [0, 3_000_000, 4_000_000])
        #expect(timeline.duration == 8_000_000)
    }

    @Test func `repeats frames where the rate is to be constant`() throws {
        let timeline = try timeline(.row([0, 10, 15, 40])) { $0.constantRate = FrameRate(2, per: 1) }
        #expect(timeline.frames.numbers == [1, 1, 2, 3, 3, 3, 3, 3, 4, 4])
        #expect(timeline.starts.last == 4_500_000)
        #expect(timeline.duration == 5_000_000)
        #expect(!timeline.isVariable)
        #expect(timeline.shown.numbers == [1, 2, 3, 4])
    }

    @Test func `squeezes a gap, and says why in a chapter`() throws {
        let row = try [ExportCandidate].row([0, 10, 20, 750, 760])
        let timeline = try timeline(row, gaps: [gap(30, 750, .offline, "no_agent")]) { $0.squeeze = .seconds(10) }
        #expect(timeline.starts == [0, 1_000_000, 2_000_000, 4_000_000, 5_000_000])
        #expect(
            timeline.chapters == [
                VideoTimeline.Chapter(title: "Printing", start: 0),
                VideoTimeline.Chapter(title: "Offline for 12m: no agent", start: 3_000_000),
                VideoTimeline.Chapter(title: "Printing", start: 4_000_000),
            ])
    }

    @Test func `squeezes a pause with frames in it`() throws {
        let row =
            try [0.0, 10, 20].map { try ExportCandidate.at($0) }
            + [30.0, 1000, 2000, 3000].map { try ExportCandidate.at($0, isPaused: true) }
            + [3810.0, 3820].map { try ExportCandidate.at($0) }
        let timeline = try timeline(row) { $0.squeeze = .seconds(10) }
        #expect(timeline.chapters.map(\.title) == ["Printing", "Paused for 1h 3m", "Printing"])
        #expect(timeline.chapters.map(\.start) == [0, 3_000_000, 4_000_000])
        #expect(timeline.duration == 6_000_000)
    }

    @Test func `leaves a pause or gap alone that is short enough`() throws {
        let timeline = try timeline(.row([0, 10, 20, 60]), gaps: [gap(30, 60)]) { $0.squeeze = .seconds(30) }
        #expect(timeline.starts.last == 6_000_000)
        #expect(timeline.chapters.isEmpty)
    }

    @Test func `makes one of gaps that follow each other, called as the longest`() throws {
        let gaps = try [gap(30, 50, .timeout), gap(50, 500, .missed, "not_running"), gap(500, 600, .unavailable)]
        let timeline = try timeline(.row([0, 10, 20, 600]), gaps: gaps) { $0.squeeze = .seconds(10) }
        #expect(
            timeline.chapters.map(\.title) == [
                "Printing", "Missed for 9m 30s: the program was not running", "Printing",
            ])
    }

    @Test func `makes one of a gap and a pause that overlap`() throws {
        let row = try [.at(0), .at(10, isPaused: true), .at(1010)] as [ExportCandidate]
        let timeline = try timeline(row, gaps: [gap(500, 900)]) { $0.squeeze = .seconds(10) }
        #expect(timeline.chapters.map(\.title) == ["Printing", "Paused for 16m 40s", "Printing"])
        #expect(timeline.starts == [0, 1_000_000, 2_000_000])
    }

    @Test func `leaves a gap of one camera alone while another one has frames`() throws {
        let row = try (0..<100).map { try ExportCandidate.at(Double($0) * 10, number: Int64($0), camera: "left") }
        let with = try timeline(row, gaps: [gap(0, 900, camera: "right")]) { $0.squeeze = .seconds(20) }
        #expect(with.chapters.isEmpty)
        let row2 = row.filter { $0.id.number < 20 || $0.id.number > 60 }
        let without = try timeline(row2, gaps: [gap(0, 900, camera: "right")]) { $0.squeeze = .seconds(20) }
        #expect(without.chapters.map(\.title) == ["Printing", "Offline for 7m", "Printing"])
    }

    @Test func `has its chapters in order where it runs backwards`() throws {
        let row = try [ExportCandidate].row([0, 10, 20, 750, 760])
        let timeline = try timeline(row.reversed(), gaps: [gap(30, 750)]) { $0.squeeze = .seconds(10) }
        #expect(timeline.chapters.map(\.start) == [0, 1_000_000, 2_000_000])
    }

    @Test func `is refused where it would be longer than a day`() throws {
        #expect(throws: ExportError.self) { try timeline(.row([0, 100_000]), speed: 1) }
    }

    @Test func `begins and ends with what it shows, whatever was captured when`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            let row = try [ExportCandidate].row(
                (0..<40).map { _ in Double.random(in: 0...5000, using: &random) }.sorted())
            let gaps = try (0..<5).map { _ in
                let from = Double.random(in: 0...4000, using: &random).rounded()
                return try gap(from, from + Double.random(in: 1...900, using: &random).rounded(.up))
            }
            let timeline = try timeline(row, speed: 100, gaps: gaps) {
                ($0.squeeze, $0.holdFirst, $0.holdLast) = (.seconds(5), .seconds(1), .seconds(1))
            }
            #expect(timeline.starts.first == 0)
            #expect(zip(timeline.starts.dropFirst(), timeline.starts).allSatisfy { $0 > $1 })
            #expect(timeline.starts.last! < timeline.duration)
            #expect(timeline.chapters.first?.start ?? 0 == 0)
            #expect(zip(timeline.chapters.dropFirst(), timeline.chapters).allSatisfy { $0.start > $1.start })
            #expect(timeline.chapters.last?.start ?? 0 < timeline.duration)
        }
    }
}
