import Testing

@testable import Export

@Suite struct `An even choice of frames` {
    private func places(_ count: Int, _ elapsed: [Int64]) -> [Int] { EvenChoice.places(of: count, in: elapsed) }

    @Test func `takes one of so many, beginning with the first`() {
        #expect(EvenChoice.taken(everyNth: 3, of: Array(0..<8)) == [0, 3, 6])
        #expect(EvenChoice.taken(everyNth: 1000, of: [5]) == [5])
        #expect(EvenChoice.taken(everyNth: 2, of: [Int]()).isEmpty)
    }

    @Test func `takes the first and the last, and those nearest to even instants between them`() {
        #expect(places(4, Array(0...9)) == [0, 3, 6, 9])
        #expect(places(3, [0, 1, 2, 3, 4, 50, 99, 100]) == [0, 5, 7])
        #expect(places(2, [0, 5, 6, 7]) == [0, 3])
        #expect(places(1, [0, 5, 6, 7]) == [0])
    }

    @Test func `takes all where no more are there`() {
        #expect(places(9, [0, 1, 1]) == [0, 1, 2])
        #expect(places(3, []).isEmpty)
    }

    @Test func `spreads by time and not by count`() {
        // A frame a second for a minute, and then one a minute for an hour.
        let elapsed = Array(0..<60) + stride(from: 60, through: 3600, by: 60)
        let taken = places(31, elapsed.map(Int64.init)).map { elapsed[$0] }
        #expect(taken.filter { $0 < 60 }.count == 1)
        #expect(taken.last == 3600)
    }

    @Test func `takes the frames on both sides of a gap where its instants have none of their own`() {
        let elapsed = (Array(0...20) + Array(80...100)).map(Int64.init)
        let taken = places(11, elapsed).map { elapsed[$0] }
        #expect(
            taken == [0, 10, 18, 19, 20, 80, 81, 82, 83, 90, 100]
                || taken == [0, 10, 17, 18, 19, 20, 80, 81, 82, 90, 100])
    }

    @Test(arguments: [(100_000, 1800), (100_000, 99_999), (1000, 997), (500, 3)])
    func `never takes a frame twice, however they lie in time`(frames: Int, count: Int) {
        var random = SystemRandomNumberGenerator()
        var passed: Int64 = 0
        let elapsed = (0..<frames).map { _ in
            defer { passed += Int64.random(in: 0...9, using: &random) * (Bool.random(using: &random) ? 1 : 1000) }
            return passed
        }
        let taken = places(count, elapsed)
        #expect(taken.count == count)
        #expect(taken.first == 0 && taken.last == frames - 1)
        #expect(zip(taken.dropFirst(), taken).allSatisfy { $0 > $1 })
    }
}

@Suite struct `The times of a list of frames` {
    @Test func `run from the first, in either order`() {
        #expect(FrameTimes([70, 80, 100]).elapsed == [0, 10, 30])
        #expect(FrameTimes([100, 80, 70]).elapsed == [0, 20, 30])
        #expect(FrameTimes([Int64]()).elapsed.isEmpty)
        #expect(FrameTimes([5]).usualStep == nil)
    }

    @Test func `take the usual step where a clock was set back`() {
        #expect(FrameTimes([0, 10, 20, 5, 15, 25]).elapsed == [0, 10, 20, 30, 40, 50])
    }
}
