import Budget
import Testing
import Vocabulary

@Suite struct `A forecast` {
    /// 2026-11-01T00:00:00Z
    private let first = Timestamp(milliseconds: 1_793_491_200_000)
    private let cap: Int64 = 300_000_000

    private func step(day: Double, _ total: Int64, _ receipts: Receipts = Receipts()) -> UsageStep {
        UsageStep(reading(total, of: cap, at: first + .seconds(day * 86_400)), receipts)
    }

    private func live(_ bytes: Int64, _ captures: Int) -> Receipts {
        Receipts(received: ByteCount(bytes), proxied: ByteCount(bytes), captures: captures)
    }

    private func forecast(_ steps: UsageStep...) throws -> Forecast {
        var budget = Budget()
        for step in steps {
            budget.replay(
                step.reading, received: step.receipts.received, proxied: step.receipts.proxied,
                captures: step.receipts.captures)
        }
        let now = try #require(steps.last).reading.readAt
        return Forecast(from: steps, budget.report(at: now), at: now)
    }

    @Test func `tells what was spent each day, ours measured and the rest by difference`() throws {
        let days = try forecast(
            step(day: 0.25, 0), step(day: 0.5, 30_000, live(10_000, 1)), step(day: 1.5, 30_000),
            step(day: 1.75, 50_000, live(20_000, 1))
        ).days
        #expect(days.map(\.day) == [first, first + .seconds(86_400)])
        #expect(days.map(\.total.bytes) == [30_000, 20_000])
        #expect(days.map(\.ours.bytes) == [10_000, 20_000])
        #expect(days.map(\.others.bytes) == [20_000, 0])
    }

    @Test func `spreads what was spent between two readings over the days between, to the byte`() throws {
        let days = try forecast(step(day: 0.5, 0), step(day: 2.5, 1001, live(333, 1))).days
        #expect(days.map(\.total.bytes) == [250, 500, 251])
        #expect(days.map(\.ours.bytes).reduce(0, +) == 333)
    }

    @Test func `does not take a counter that was set back for spending`() throws {
        let days = try forecast(step(day: 0.25, 0), step(day: 0.5, 900), step(day: 0.75, 100)).days
        #expect(days.map(\.total.bytes) == [1000])
    }

    @Test func `tells when the stop and the cap would be met`() throws {
        let forecast = try forecast(step(day: 9, 90_000_000), step(day: 10, 130_000_000))
        #expect(forecast.byMonth?.bytesPerDay == ByteCount(13_000_000))
        // 140 MB to the stop at 13 MB a day.
        let stop = try #require(forecast.byMonth?.stopMetAt)
        #expect(abs((stop - first).milliseconds - Int64((10 + 140.0 / 13) * 86_400_000)) < 1000)
        #expect(forecast.byLastDay?.bytesPerDay == ByteCount(40_000_000))
        let soon = try #require(forecast.byLastDay?.capMetAt)
        #expect(abs((soon - first).milliseconds - Int64(14.25 * 86_400_000)) < 1000)
    }

    @Test func `tells that neither is met before the reset`() throws {
        let forecast = try forecast(step(day: 10, 50_000_000))
        #expect(forecast.byMonth?.stopMetAt == nil)
        #expect(forecast.byMonth?.capMetAt == nil)
        #expect(forecast.byLastDay == nil)
    }

    @Test func `tells that what is met is met`() throws {
        let forecast = try forecast(step(day: 10, 280_000_000))
        #expect(forecast.byMonth?.stopMetAt == first + .seconds(10 * 86_400))
        #expect(forecast.byMonth?.capMetAt != nil)
    }

    @Test func `tells how many live pictures fit, and how far apart a pace has them`() throws {
        let forecast = try forecast(step(day: 10, 0), step(day: 20, 70_000_000, live(70_000_000, 700)))
        #expect(forecast.liveFramesLeft == 2000)
        #expect(forecast.announcedFramesLeft == nil)
        #expect(forecast.pacedInterval == .seconds(432))
    }

    @Test func `begins anew with the month`() throws {
        let before = UsageStep(reading(250_000_000, of: cap, at: first - .seconds(60)), live(9, 1))
        let forecast = try forecast(before, step(day: 1, 1000), step(day: 1, 1000))
        #expect(forecast.days.map(\.total.bytes) == [0])
        #expect(forecast.earlier?.total == ByteCount(1000))
        #expect(forecast.byMonth?.bytesPerDay == ByteCount(1000))
    }
}
