import Testing
import Vocabulary

@testable import Catalog

@Suite struct `A stretch of time that is counted` {
    private let hour = TotalsStretch.hour

    private func stretch(_ since: Int64?, _ until: Int64?, totals: Int64) -> TotalsStretch {
        TotalsStretch(
            since: since.map(Timestamp.init(milliseconds:)), until: until.map(Timestamp.init(milliseconds:)),
            totalsUntil: Timestamp(milliseconds: totals))
    }

    @Test func `has all totals and what is newer where it has no ends`() {
        let all = stretch(nil, nil, totals: 5 * hour + 7)
        #expect(all.hours == .min ..< .max)
        #expect(all.edges == [5 * hour + 7 ..< .max])
    }

    @Test func `has single frames where it cuts an hour`() {
        let cut = stretch(hour + 1, 4 * hour + 2, totals: 100 * hour)
        #expect(cut.hours == 2 * hour..<4 * hour)
        #expect(cut.edges == [hour + 1..<2 * hour, 4 * hour..<4 * hour + 2])
    }

    @Test func `has no totals within one hour`() {
        #expect(stretch(hour + 1, hour + 9, totals: 0) == stretch(hour + 1, hour + 9, totals: 9 * hour))
        #expect(stretch(hour + 1, hour + 9, totals: 0).edges == [hour + 1..<hour + 9])
        #expect(stretch(hour + 9, hour + 1, totals: 0).edges == [])
    }

    /// An instant counts by the totals if they know it and its hour is among those asked for.
    @Test func `counts every instant in it once, and no other`() {
        var chance = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            func instant() -> Int64 { .random(in: 0...9 * hour, using: &chance) }
            let (since, until) = (Bool.random() ? instant() : nil, Bool.random() ? instant() : nil)
            let totals = instant()
            let stretch = stretch(since, until, totals: totals)
            for at in [
                instant(), instant() / hour * hour, since ?? 0, (since ?? 1) - 1, until ?? 0, totals, totals - 1,
            ]
            where at >= 0 {
                let byTotals = at < totals && stretch.hours.contains(at / hour * hour) ? 1 : 0
                let byEdges = stretch.edges.count { $0.contains(at) }
                let isAsked = at >= since ?? .min && at < until ?? .max
                #expect(byTotals + byEdges == (isAsked ? 1 : 0), "\(at) of \(stretch)")
            }
        }
    }
}
