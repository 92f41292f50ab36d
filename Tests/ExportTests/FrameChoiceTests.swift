import Testing
import Vocabulary

@testable import Export

@Suite struct `A choice of frames` {
    private func positions(_ choice: FrameChoice) -> [Int] { (0..<choice.count).map(choice.position(of:)) }

    @Test func `takes all unless told otherwise`() {
        #expect(positions(FrameChoice(of: 4)) == [0, 1, 2, 3])
        #expect(positions(FrameChoice(of: 0)).isEmpty)
    }

    @Test func `takes every third, beginning with the first`() {
        #expect(positions(FrameChoice(of: 8, every: 3)) == [0, 3, 6])
        #expect(positions(FrameChoice(of: 1, every: 1000)) == [0])
    }

    @Test func `takes so many evenly, the first and the last among them`() {
        #expect(positions(FrameChoice(of: 10, atMost: 4)) == [0, 3, 6, 9])
        #expect(positions(FrameChoice(of: 10, every: 3, atMost: 2)) == [0, 9])
        #expect(positions(FrameChoice(of: 10, atMost: 1)) == [0])
        #expect(positions(FrameChoice(of: 3, atMost: 9)) == [0, 1, 2])
    }

    @Test(arguments: [(1000, 1, 997), (1000, 7, 100), (86_400, 1, 1800), (5, 2, 2)])
    func `never takes a frame twice, and its gaps differ by one step at most`(available: Int, every: Int, most: Int) {
        let taken = positions(FrameChoice(of: available, every: every, atMost: most))
        let gaps = zip(taken.dropFirst(), taken).map { $0 - $1 }
        #expect(taken.count == most)
        #expect(gaps.min() ?? 0 >= every)
        #expect((gaps.max() ?? 0) - (gaps.min() ?? 0) <= every)
        #expect(taken.last == (available - 1) / every * every)
    }

    @Test func `counts in whole numbers, however many frames there are`() {
        let choice = FrameChoice(of: 2_000_000_000, atMost: 1_000_000_000)
        #expect(choice.position(of: 999_999_999) == 1_999_999_999)
    }
}

@Suite struct `A video's plan` {
    private func plan(_ frames: Int, every: Int = 1, _ pace: VideoPace) throws -> VideoPlan {
        try VideoPlan(frames: frames, sizes: [PixelSize(width: 640, height: 480): frames], every: every, pace: pace)
    }

    @Test func `shows 30 frames a second unless told otherwise`() throws {
        let plan = try plan(90, .standard)
        #expect(plan.rate.fraction == "30/1")
        #expect(plan.duration == .seconds(3))
    }

    @Test func `keeps a wanted length by its rate`() throws {
        let plan = try plan(300, .duration(.seconds(11)))
        #expect(plan.choice.count == 300)
        #expect(plan.rate.fraction == "300/11")
        #expect(plan.duration.milliseconds == 11_000)
    }

    @Test func `leaves frames out evenly where 60 a second do not suffice`() throws {
        let plan = try plan(100_000, .duration(.seconds(30)))
        #expect(plan.rate.fraction == "60/1")
        #expect(plan.choice.count == 1800)
        #expect(plan.choice.position(of: 1799) == 99_999)
    }

    @Test func `is shorter than wanted rather than slower than one frame a second`() throws {
        let plan = try plan(5, .duration(.seconds(60)))
        #expect(plan.rate.fraction == "1/1")
        #expect(plan.duration == .seconds(5))
    }

    @Test func `takes the wanted length from every n-th frame`() throws {
        let plan = try plan(1000, every: 10, .duration(.seconds(10)))
        #expect(plan.choice.count == 100)
        #expect(plan.rate.fraction == "10/1")
    }

    @Test(arguments: [Duration.zero, .milliseconds(10), .seconds(-1), .seconds(90_000)])
    func `is refused for a length that is none`(length: Duration) {
        #expect(throws: ExportError.self) { try plan(5, .duration(length)) }
    }

    @Test(arguments: [0, -1]) func `is refused for a step under one`(every: Int) {
        #expect(throws: ExportError.self) { try plan(5, every: every, .standard) }
    }

    @Test(arguments: [0, 0.5, 121, -30, .nan, .infinity])
    func `is refused for a rate out of range`(rate: Double) {
        #expect(throws: ExportError.self) { try FrameRate(framesPerSecond: rate) }
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
