import Testing
import Vocabulary

@testable import Archive
@testable import Care
@testable import Storage

private func outline(
    _ id: Int, change: Int, protection: RetentionGuard? = nil, isExcluded: Bool = false, bytes: Int = 1000
) -> FrameOutline {
    FrameOutline(
        id: Int64(id), capturedAt: Int64(id) * 1000, bytes: UInt32(bytes), change: Int16(change),
        protection: protection, isExcluded: isExcluded)
}

@Suite struct `Of a stretch of time with too many frames` {
    private func stays(_ changes: [Int], carrying carried: Int = 0) -> Int? {
        let frames = changes.enumerated().map { outline($0, change: $1) }
        let removed = Set(BucketThinning(frames, carrying: carried).removed)
        let left = frames.indices.filter { !removed.contains($0) }
        return left.count == 1 ? left[0] : nil
    }

    @Test(arguments: [
        ([5, 6, 30, 5, 5], 2), ([30, 5, 5, 5], 0), ([3, 3, 40], 2), ([1, 1], 1), ([7], 0),
    ])
    func `the one stays that shows most that is new`(changes: [Int], place: Int) {
        #expect(stays(changes) == place)
    }

    @Test func `slow change adds up`() {
        // Nothing else happens in an hour but that the light moves a little with each picture.
        #expect(stays([8, 2, 2, 2, 2, 2]) == 4)
    }

    @Test func `what was new in the frames before it counts for its first one`() {
        #expect(stays([5, 20, 5]) == 1)
        #expect(stays([5, 20, 5], carrying: 50) == 0)
    }

    @Test func `what was new in those that go last is handed on`() {
        let frames = [outline(0, change: 50), outline(1, change: 4), outline(2, change: 3)]
        #expect(BucketThinning(frames).carried == 7)
    }

    @Test func `safe ones stay, and take the place of others`() {
        let frames = [
            outline(0, change: 90), outline(1, change: 0, protection: .pinned), outline(2, change: 80),
            outline(3, change: 0, protection: .noted),
        ]
        #expect(BucketThinning(frames).removed.sorted() == [0, 2])
    }

    @Test func `excluded ones go first`() {
        let frames = [outline(0, change: 3), outline(1, change: 90, isExcluded: true)]
        #expect(BucketThinning(frames).removed == [1])
    }

    @Test func `all but one go, whatever their changes are`() {
        var generator = SystemRandomNumberGenerator()
        for count in 1...60 {
            let changes = (0..<count).map { _ in Int.random(in: 0...20, using: &generator) }
            #expect(stays(changes) != nil, "\(changes)")
        }
    }
}

@Suite struct `Where room is wanting` {
    private let overhead = RoomThinning.overhead

    private func thinned(
        _ cameras: [[FrameOutline]], frames count: Int64,
        measuring: (FrameOutline, FrameOutline) -> Int? = { _, _ in 0 }
    ) -> (removed: [Int64: RetentionReason], thinning: RoomThinning) {
        var thinning = RoomThinning(cameras: cameras, deficit: count * (1000 + overhead))
        thinning.removeExcluded()
        while !thinning.isEnough {
            thinning.removeAlike()
            let pairs = thinning.isEnough ? [] : thinning.takeUnmeasured(limit: 3)
            if pairs.isEmpty { break }
            for (index, after) in pairs {
                thinning.learn(measuring(thinning.frames[index], thinning.frames[after]), of: index)
            }
        }
        thinning.removeOldest()
        let removed = thinning.removed.map { (thinning.frames[$0.index].id, $0.reason) }
        return (Dictionary(uniqueKeysWithValues: removed), thinning)
    }

    @Test func `idle pictures go before those of an older print`() {
        let print = (1...5).map { outline($0, change: 40) }
        let idle = (6...12).map { outline($0, change: 3) } + [outline(13, change: 3, protection: .newest)]
        let removed = thinned([print + idle], frames: 7).removed
        #expect(removed == Dictionary(uniqueKeysWithValues: (6...12).map { (Int64($0), .alike) }))
    }

    @Test func `the least new goes first`() {
        let frames = [(1, 511), (2, 6), (3, 40), (4, 0), (5, 40), (6, 2), (7, 50)].map { outline($0, change: $1) }
        #expect(Set(thinned([frames], frames: 2).removed.keys) == [4, 6])
    }

    @Test func `slow change is not taken for none`() {
        // Each picture differs from the one before it by 3, and from the one before that by 6.
        let frames = (1...13).map { outline($0, change: $0 == 1 ? 511 : 3) }
        let removed = thinned([frames], frames: 100) { Int(abs($0.id - $1.id)) * 3 }.removed
        // A frame goes where it is noise beside its neighbour, and the neighbour may go likewise: no more comes together.
        let alike = removed.filter { $0.value == .alike }.keys
        let kept = (1...13).filter { !alike.contains($0) }
        for (one, next) in zip(kept, kept.dropFirst()) { #expect(next - one <= 5, "\(kept)") }
        #expect(kept.count < 9, "\(kept)")
    }

    @Test func `frames whose change nobody measured are measured first`() {
        let frames = [outline(1, change: 511)] + (2...6).map { outline($0, change: -1) }
        let removed = thinned([frames], frames: 2) { frame, _ in frame.id == 4 || frame.id == 6 ? 1 : 99 }.removed
        #expect(removed == [4: .alike, 6: .alike])
    }

    @Test func `the oldest of all cameras go last, and safe ones never`() {
        let one = [outline(1, change: 511, protection: .pinned), outline(3, change: 90), outline(5, change: 90)]
        let other = [outline(2, change: 511), outline(4, change: 90, protection: .newest)]
        let (removed, thinning) = thinned([one, other], frames: 2)
        #expect(removed == [2: .oldest, 3: .oldest])
        #expect(thinning.passedOver().map(\.id) == [1])
        let (all, short) = thinned([one, other], frames: 9)
        #expect(all.keys.sorted() == [2, 3, 5])
        #expect(short.deficit == 6 * (1000 + overhead))
    }

    @Test func `what the owner excluded goes before everything else`() {
        let frames = [outline(1, change: 511), outline(2, change: 0), outline(3, change: 200, isExcluded: true)]
        #expect(thinned([frames], frames: 1).removed == [3: .excluded])
    }
}
