import Budget
import Testing
import Vocabulary

@Suite struct `Two tunnels that turn out to share an account` {
    @Test func `count what both reserved and received unread`() throws {
        var (one, other) = (Budget(.standard, reading(100_000)), Budget(.standard, reading(100_000)))
        try one.spend(50_000)
        try other.spend(30_000)
        _ = try other.reserve(ByteCount(20_000), at: start)
        one.absorb(other)
        #expect(one.report(at: start).total == ByteCount(200_000))
        #expect(one.report(at: start).ours == ByteCount(100_000))
    }

    @Test func `settle there what either of them reserved before`() throws {
        var (one, other) = (Budget(.standard, reading(0)), Budget(.standard, reading(0)))
        let (mine, theirs) = (
            try one.reserve(ByteCount(400_000), at: start), try other.reserve(ByteCount(400_000), at: start)
        )
        one.absorb(other)
        #expect(one.report(at: start).total == ByteCount(800_000))
        one.settle(theirs, received: ByteCount(1000))
        one.settle(theirs, received: ByteCount(1000))
        one.settle(mine, received: ByteCount(10))
        #expect(one.report(at: start).total == ByteCount(1010))
    }

    @Test func `go on from the newer reading, and from the next one alone`() throws {
        var (one, other) = (
            Budget(.standard, reading(100_000)), Budget(.standard, reading(300_000, at: start + .seconds(9)))
        )
        try one.spend(1000)
        one.absorb(other)
        #expect(one.report(at: start).total == ByteCount(301_000))
        one.record(reading(301_000, at: start + .seconds(20)))
        #expect(one.report(at: start).total == ByteCount(301_000))
        try one.spend(500, by: .proxied)
        #expect(one.report(at: start).total == ByteCount(301_500))
    }

    @Test func `heed a refusal over the cap that either of them met`() {
        var (one, other) = (Budget(.standard, reading(0)), Budget(.standard, reading(0)))
        other.serverRefusedOverCap(by: .announced, at: start)
        one.absorb(other)
        #expect(one.permission(at: start).reason == .serverRefused)
    }

    @Test func `keep what was measured`() throws {
        var (one, other) = (Budget(.standard, reading(0)), Budget(.standard, reading(0)))
        try other.spend(200_000)
        other.record(reading(0))
        one.absorb(other)
        #expect(one.report(at: start).announcedShare == 0)
    }

    @Test func `and turn out not to, go on apart with all that may be theirs charged`() throws {
        var budget = Budget(.standard, reading(100_000))
        try budget.spend(50_000, by: .proxied)
        let underWay = try budget.reserve(ByteCount(30_000), by: .proxied, at: start)
        var apart = budget.separated()
        apart.record(reading(200_000, at: start + .seconds(5)), receivedBefore: Receipts())
        #expect(apart.report(at: start).total == ByteCount(280_000))
        apart.settle(underWay, received: ByteCount(10))
        #expect(apart.report(at: start).total == ByteCount(280_000))
        budget.settle(underWay, received: ByteCount(10))
        #expect(budget.report(at: start).total == ByteCount(150_010))
    }
}
