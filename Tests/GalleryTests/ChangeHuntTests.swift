import TestSupport
import TestThreads
import Testing

@testable import Gallery

/// A row of frames that nobody has to decode.
struct ImaginedRow {
    var count: Int
    var generator = SplitMix64(seed: 3)
    /// What a frame shows: a level for all parts but some, and noise.
    var level: (Int) -> [Int]
    var damaged: (Int) -> Bool = { _ in false }

    func view(_ place: Int) -> RegionView? {
        if damaged(place) { return nil }
        var noise = SplitMix64(seed: UInt64(place))
        return RegionView(levels: level(place).map { UInt8(clamping: $0 + Int.random(in: -1...1, using: &noise)) })
    }

    func hunted() -> ChangeHunt {
        var hunt = ChangeHunt(count: count)
        var rounds = 0
        while true {
            let places = hunt.next()
            if places.isEmpty || rounds > 10_000 { return hunt }
            rounds += 1
            for place in places { hunt.take(place, view(place)) }
        }
    }
}

@Suite struct `The hunt for a change` {
    private static let still = Array(repeating: 90, count: 64)
    /// A thing in a quarter of the parts.
    private static let thing = still.enumerated().map { $0.offset % 4 == 0 ? 150 : $0.element }

    @Test(.ownThread, arguments: [2, 3, 17, 400, 1200, 10_000, 400_000], [0.1, 0.5, 0.93])
    func `finds the frame from which on it is so, in a row of any length`(count: Int, place: Double) throws {
        let changed = max(1, Int(Double(count) * place))
        let hunt = ImaginedRow(count: count) { $0 < changed ? Self.still : Self.thing }.hunted()
        let found = hunt.lasting
        let lasting = try #require(found)
        #expect(lasting.before == changed - 1 && lasting.after == changed)
        #expect((55...66).contains(lasting.change))
        let (finds, done, known, changes) = (hunt.finds, hunt.done, hunt.known.count, hunt.changes.count)
        #expect(finds.first?.after == changed)
        #expect(done <= max(ChangeHunt.all, 1300))
        #expect(changes == known - 1 && changes <= 2000)
    }

    @Test(arguments: [40, 3000, 60_000])
    func `is not led astray by what comes and goes`(count: Int) throws {
        // A head passes in one frame of seven, brighter than the thing that stays away from two thirds on.
        let head = Self.still.enumerated().map { $0.offset % 3 == 0 ? 230 : $0.element }
        let changed = count * 2 / 3
        let hunt = ImaginedRow(count: count) { $0 % 7 == 2 ? head : $0 < changed ? Self.thing : Self.still }.hunted()
        let found = hunt.lasting
        let lasting = try #require(found)
        #expect(abs(lasting.after - changed) <= 2)
        let finds = hunt.finds
        #expect(finds.count > 1)
        #expect(finds.allSatisfy { $0.change > 50 })
    }

    @Test func `takes a thing's going for the change for good, though it was not there at first`() {
        let hunt = ImaginedRow(count: 900) { (300..<420).contains($0) ? Self.thing : Self.still }.hunted()
        let (found, finds) = (hunt.lasting, hunt.finds)
        #expect(found?.after == 420)
        #expect(Set(finds.map(\.after)) == [300, 420])
    }

    @Test func `has nothing for good where it goes on to change`() {
        let hunt = ImaginedRow(count: 900) { $0 / 40 % 2 == 0 && $0 < 880 ? Self.thing : Self.still }.hunted()
        let found = hunt.lasting
        #expect(found == nil || found?.after == 840)
        let finds = hunt.finds
        #expect(finds.count == 20)
    }

    @Test(arguments: [300, 8000])
    func `finds nothing in noise`(count: Int) {
        let hunt = ImaginedRow(count: count) { _ in Self.still }.hunted()
        let (found, finds) = (hunt.lasting, hunt.finds)
        #expect(finds.isEmpty)
        #expect(found == nil)
    }

    @Test func `sees a light that goes on, which changes all alike`() throws {
        let lit = Self.still.map { $0 + 70 }
        let hunt = ImaginedRow(count: 5000) { $0 < 3210 ? Self.still : lit }.hunted()
        let found = hunt.lasting
        #expect(found?.after == 3210)
    }

    @Test func `passes over damaged frames`() throws {
        var row = ImaginedRow(count: 4000) { $0 < 2001 ? Self.still : Self.thing }
        row.damaged = { (1998..<2003).contains($0) || $0 % 11 == 0 }
        let hunt = row.hunted()
        let (found, finds) = (hunt.lasting, hunt.finds)
        #expect(found?.before == 1997 && found?.after == 2003)
        #expect(finds.first?.before == 1997 && finds.first?.after == 2003)
    }

    @Test func `looks at nothing where there is nothing`() {
        var hunt = ChangeHunt(count: 0)
        #expect(hunt.next() == [])
        var one = ChangeHunt(count: 1)
        #expect(one.next() == [0])
        one.take(0, RegionView(levels: Self.still.map { UInt8($0) }))
        #expect(one.next() == [])
        #expect(one.finds.isEmpty && one.lasting == nil && one.changes.isEmpty)
    }

    @Test func `sees the whole of a long row before its parts`() {
        var hunt = ChangeHunt(count: 100_000)
        let first = hunt.next()
        #expect(first.min() == 0)
        #expect(first.max().map { $0 > 90_000 } == true)
    }
}
