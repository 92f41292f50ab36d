import Testing
import Vocabulary

@testable import Capture

@Suite struct `The decision whether there is room` {
    private var generator = SystemRandomNumberGenerator()
    private let start = CaptureBench.noon

    private func reading(free: Int = 1 << 40, used: Int = 0) -> RoomReading {
        RoomReading(free: ByteCount(free), file: ByteCount(used), log: .zero)
    }

    @Test func `closes below the floor, and opens when a tenth more is free`() {
        var decision = RoomDecision(rules: RoomRules(minimumFree: ByteCount(1000)))
        let pauses = [1000, 999, 1000, 1099, 1100, 1000].map {
            decision.pause(for: reading(free: $0), at: start)?.detail.label
        }
        #expect(pauses == [nil, "low_space", "low_space", "low_space", nil, nil])
    }

    @Test func `closes at the archive's greatest size, and opens a twentieth below it`() {
        var decision = RoomDecision(rules: RoomRules(maximumSize: ByteCount(1000)))
        let pauses = [999, 1000, 951, 950, 949, 999].map {
            decision.pause(for: reading(used: $0), at: start)?.detail.label
        }
        #expect(pauses == [nil, "quota", "quota", "quota", nil, nil])
    }

    @Test mutating func `lets a slot be tried after a failed write when a while is over, each time a longer one`() {
        var decision = RoomDecision(rules: RoomRules(minimumFree: .zero))
        var now = start
        var waits: [Duration] = []
        for _ in 0..<20 {
            decision.failed(.full, reading(free: 0), at: now, using: &generator)
            // Another camera failed along with the first.
            decision.failed(.full, reading(free: 0), at: now, using: &generator)
            let failedAt = now
            while decision.pause(for: reading(free: 0), at: now) != nil { now = now + .seconds(1) }
            waits.append(now - failedAt)
        }
        #expect(waits[0] <= .seconds(3))
        #expect(waits[14] > .seconds(4))
        #expect(waits.allSatisfy { $0 <= .seconds(145) })
        #expect(decision.pause == .full)
        decision.succeeded()
        #expect(decision.pause == nil)
    }

    @Test mutating func `opens for a try at once where there is noticeably more room`() {
        var decision = RoomDecision(rules: RoomRules(minimumFree: .zero))
        for second in 0..<10 {
            decision.failed(.full, reading(free: 5000), at: start + .seconds(second * 200), using: &generator)
        }
        let now = start + .seconds(1801)
        #expect(decision.pause(for: reading(free: 6000), at: now) == .full)
        #expect(decision.pause(for: reading(free: 5000 + (1 << 20)), at: now) == nil)
    }

    @Test mutating func `stays closed where a write succeeds below the floor`() {
        var decision = RoomDecision(rules: RoomRules(minimumFree: ByteCount(1000)))
        decision.failed(.full, reading(free: 10), at: start, using: &generator)
        let tried = decision.pause(for: reading(free: 10), at: start + .seconds(60))
        #expect(tried?.detail == SlotReason(.lowSpace))
        decision.succeeded()
        #expect(decision.pause?.detail == SlotReason(.lowSpace))
    }
}
