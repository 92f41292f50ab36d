import Testing
import Vocabulary

@testable import Export

@Suite struct `A video's plan` {
    private func plan(
        _ frames: Int, _ pace: VideoPace, _ change: (inout VideoTiming) -> Void = { _ in }
    ) throws -> VideoPlan {
        var timing = VideoTiming()
        change(&timing)
        try pace.check(timing)
        let row = try [ExportCandidate].row(
            (0..<min(frames, pace.mostFrames(timing, at: 60) ?? frames)).map(Double.init))
        return try VideoPlan(row, pace: pace, timing: timing)
    }

    @Test func `shows 30 frames a second unless told otherwise`() throws {
        let plan = try plan(90, .rate(.standard))
        #expect(plan.rate.fraction == "30/1")
        #expect(plan.duration == .seconds(3))
        #expect(plan.timeline.starts[1] == 33_333)
        #expect(plan.timeline.starts[2] == 66_667)
    }

    @Test(arguments: [
        (1, "5/1", 200), (20, "5/1", 4000), (25, "5/1", 5000), (45, "9/1", 5000), (142, "142/5", 5000),
        (150, "30/1", 5000),
        (900, "30/1", 30_000),
    ])
    func `can be watched where nothing says how fast it runs`(frames: Int, rate: String, milliseconds: Int) throws {
        let plan = try plan(frames, .watchable)
        #expect(plan.rate.fraction == rate)
        #expect(abs(plan.duration.milliseconds - Int64(milliseconds)) <= 1)
        #expect(plan.isSlowed == (frames < 150))
        #expect(plan.timeline.frames.count == frames)
    }

    @Test func `counts no held frame for how fast it runs`() throws {
        let plan = try plan(47, .watchable) { ($0.holdFirst, $0.holdLast) = (.seconds(1), .seconds(2)) }
        #expect(plan.rate.fraction == "9/1")
        #expect(plan.duration == .seconds(8))
    }

    @Test func `keeps a wanted length by its rate`() throws {
        let plan = try plan(300, .duration(.seconds(11)))
        #expect(plan.timeline.frames.count == 300)
        #expect(plan.rate.fraction == "300/11")
        #expect(plan.duration == .seconds(11))
    }

    @Test func `has room for 60 frames a second`() throws {
        let plan = try plan(100_000, .duration(.seconds(30)))
        #expect(plan.rate.fraction == "60/1")
        #expect(plan.timeline.frames.count == 1800)
    }

    @Test func `is shorter than wanted rather than slower than one frame a second`() throws {
        let plan = try plan(5, .duration(.seconds(60)))
        #expect(plan.rate.fraction == "1/1")
        #expect(plan.duration == .seconds(5))
    }

    @Test func `holds its first and last frame, and shows the others as long as before`() throws {
        let plan = try plan(10, .rate(.standard)) { ($0.holdFirst, $0.holdLast) = (.seconds(2), .seconds(3)) }
        #expect(plan.timeline.frames.numbers.filter { $0 == 1 }.count == 60)
        #expect(plan.timeline.frames.numbers.filter { $0 == 10 }.count == 90)
        #expect(plan.timeline.frames.count == 158)
        #expect(plan.timeline.shown.numbers == Array(1...10))
    }

    @Test func `keeps a wanted length with held frames in it`() throws {
        let plan = try plan(1000, .duration(.seconds(20))) { ($0.holdFirst, $0.holdLast) = (.seconds(2), .seconds(3)) }
        #expect(abs(plan.duration.milliseconds - 20_000) <= 34)
        #expect(plan.timeline.shown.count == 902)
    }

    @Test func `holds one frame, and two`() throws {
        #expect(try plan(1, .rate(.standard)) { $0.holdLast = .seconds(3) }.duration == .seconds(3))
        #expect(try plan(1, .duration(.seconds(5))).timeline.frames.count == 1)
        #expect(
            try plan(2, .duration(.seconds(6))) { ($0.holdFirst, $0.holdLast) = (.seconds(2), .seconds(3)) }.duration
                == .seconds(5))
    }

    @Test(arguments: [Duration.zero, .milliseconds(10), .seconds(-1), .seconds(90_000)])
    func `is refused for a length that is none`(length: Duration) {
        #expect(throws: ExportError.self) { try plan(5, .duration(length)) }
    }

    @Test func `is refused where its parts contradict each other`() {
        #expect(throws: ExportError.self) { try plan(5, .duration(.seconds(5))) { $0.holdLast = .seconds(5) } }
        #expect(throws: ExportError.self) { try plan(5, .rate(.standard)) { $0.squeeze = .seconds(5) } }
        #expect(throws: ExportError.self) { try plan(5, .rate(.standard)) { $0.constantRate = .standard } }
        #expect(throws: ExportError.self) { try plan(5, .realTime(0)) }
        #expect(throws: ExportError.self) { try plan(5, .realTime(.nan)) }
        #expect(throws: ExportError.self) { try plan(5, .realTime(60)) { $0.squeeze = .zero } }
    }

    @Test(arguments: [0, 0.5, 121, -30, .nan, .infinity])
    func `is refused for a rate out of range`(rate: Double) {
        #expect(throws: ExportError.self) { try FrameRate(framesPerSecond: rate) }
    }

    @Test(
        arguments: [
            ((640, 480), 30.0, (640, 480)), ((1921, 1081), 30, (1920, 1080)), ((3840, 2160), 30, (3840, 2160)),
            ((4000, 3000), 30, (2880, 2160)), ((3000, 4000), 30, (2160, 2880)), ((8000, 100), 30, (3840, 48)),
        ] as [((Int, Int), Double, (Int, Int))])
    func `is no larger than what plays everywhere`(size: (Int, Int), rate: Double, expected: (Int, Int)) {
        let fitted = PlayableSize.size(
            for: PixelSize(width: size.0, height: size.1), framesPerSecond: rate)
        #expect(fitted == PixelSize(width: expected.0, height: expected.1))
    }

    @Test func `is smaller where it runs so fast that level 5.1 has no room for it`() {
        let fitted = PlayableSize.size(for: PixelSize(width: 3840, height: 2160), framesPerSecond: 60)
        let blocks = (fitted.width + 15) / 16 * ((fitted.height + 15) / 16)
        #expect(blocks * 60 <= 983_040)
        #expect(blocks * 60 > 900_000)
    }

    @Test func `has the size that most frames have, of equally frequent ones the largest`() {
        let (small, large) = (PixelSize(width: 640, height: 480), PixelSize(width: 1920, height: 1080))
        #expect(VideoPlan.size(for: [small: 9, large: 1]) == small)
        #expect(VideoPlan.size(for: [small: 5, large: 5]) == large)
    }

    @Test func `has an even size, and never none`() {
        #expect(VideoPlan.size(for: [PixelSize(width: 641, height: 361): 1]) == PixelSize(width: 640, height: 360))
        #expect(VideoPlan.size(for: [PixelSize(width: 1, height: 1): 1]) == PixelSize(width: 2, height: 2))
    }
}
