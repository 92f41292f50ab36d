import Capture
import FoundationEssentials
import Stores
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Settings
@testable import printlapse

@Suite struct `When a capture does what it has a store for` {
    private let start = Timestamp(seconds: 1_800_000_000)

    @Test func `is as often as it is to, while it works`() {
        var schedule = StoreSchedule(every: .seconds(3600), start: start)
        #expect(schedule.rest(at: start) == .seconds(120))
        schedule.worked(at: start + .seconds(200))
        #expect(schedule.rest(at: start + .seconds(200)) == .seconds(3600))
        // A clock that was set back keeps nobody waiting for longer.
        #expect(schedule.rest(at: start - .seconds(86_400)) == .seconds(3600))
        schedule.isUrgent(at: start + .seconds(300))
        #expect(schedule.rest(at: start + .seconds(300)) == .seconds(60))
    }

    @Test func `grows apart while it fails, however urgent it is`() {
        var schedule = StoreSchedule(every: .seconds(3600), start: start)
        var rests: [Int64] = []
        for _ in 0..<8 {
            schedule.failed(at: start)
            schedule.isUrgent(at: start)
            rests.append(schedule.rest(at: start).components.seconds)
        }
        #expect(rests == [60, 120, 240, 480, 960, 1920, 3600, 3600])
        schedule.worked(at: start)
        schedule.failed(at: start)
        #expect(schedule.rest(at: start) == .seconds(60))
    }

    @Test func `is no more than ten minutes away where it is done each second`() {
        var schedule = StoreSchedule(every: .seconds(1), start: start)
        #expect(schedule.rest(at: start) == .seconds(1))
        schedule.wasKeptOut(at: start)
        #expect(schedule.rest(at: start) == .seconds(1))
        var rests: [Int64] = []
        for _ in 0..<100 {
            schedule.failed(at: start)
            rests.append(schedule.rest(at: start).components.seconds)
        }
        #expect(rests.prefix(11) == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600])
        #expect(rests.last == 600)
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A store that is away beside a capture` {
    private let told = Told()
    private final class Told: Sendable {
        let news = Mutex<[StoreNews]>([])
        let failure = Mutex<(any Error)?>(nil)
        let clock = Mutex(Timestamp(seconds: 1_800_000_000))
        let attempts = Mutex(0)
    }

    private func offloading() throws -> StoreTaskLoop<OffloadOrders> {
        var configured = JobConfiguration.Offloading(location: try StoreLocation("/mnt/nas"))
        (configured.olderThan, configured.keepFree) = (.seconds(86_400), ByteCount(1_000_000))
        return StoreTaskLoop(
            OffloadOrders(configured), now: { [told] in told.clock.withLock(\.self) },
            tell: { [told] in
                if case .store(.offload, let news) = $0 { told.news.withLock { [news] in $0.append(news) } }
            },
            work: { [told] _ in
                told.attempts.withLock { $0 += 1 }
                throw told.failure.withLock(\.self) ?? CancellationError()
            })
    }

    @Test func `is told once, and again where the reason is another`() async throws {
        let offloading = try offloading()
        let (away, unmounted) = (
            StoreError.noFolder(try StoreLocation("/mnt/nas")), StoreError.notPrepared(try StoreLocation("/mnt/nas"))
        )
        @Sendable func attempt(_ number: Int, _ error: StoreError) async throws {
            told.failure.withLock { $0 = error }
            told.clock.withLock { $0 = $0 + .seconds(7200) }
            // Whatever wakes it has it look at its clock.
            offloading.observe(.disk(free: ByteCount(1)))
            try await wait(for: "attempt \(number)") { told.attempts.withLock { $0 >= number } }
        }
        try await offloading.work {
            try await attempt(1, away)
            try await attempt(2, away)
            try await attempt(3, unmounted)
            try await wait(for: "the second reason") { told.news.withLock { $0.count >= 2 } }
            // Who wants nothing moved any more is not told that it fails.
            offloading.change(to: nil)
            try await wait(for: "the end of it") { told.news.withLock { $0.last == .off } }
        }
        let news = told.news.withLock(\.self)
        #expect(news.count == 3, "\(news)")
        guard case .failing("/mnt/nas", let reason, _)? = news.first else {
            Issue.record("\(news)")
            return
        }
        #expect(reason.contains("is not there"))
    }
}
