/// Which frames of a long row are looked at to find when something changed, coarse to fine: a value that decides, apart from reading
/// and decoding.
///
/// Some hundred frames of the whole row come first. Then the stretches at whose ends the views differ most are halved, again and again,
/// down to neighbours. At last the one change after which things stayed as they were then is narrowed down by what most frames show,
/// so that what passes by does not count.
struct ChangeHunt: Sendable {
    /// A change that lies between two frames of the row.
    struct Find: Hashable, Sendable {
        /// The last frame before it and the first after it, by their places.
        let before, after: Int
        /// 0 to 510.
        let change: Int
    }

    /// So many frames are all looked at.
    static let all = 1200
    /// The frames of a longer row that come first, and those that are looked at to halve stretches.
    private static let coarse = 700
    private static let fine = 450
    /// Looked at together.
    private static let together = 48
    /// Changes up to this are noise.
    static let noise = 6
    private static let mostFinds = 20

    let count: Int
    /// The frames that were looked at, in order, with what they show.
    private(set) var known: [(place: Int, view: RegionView)] = []
    /// Also those that are damaged.
    private var looked: Set<Int> = []
    private var queue: [Int]
    private var left = ChangeHunt.fine
    private var stage = Stage.coarse
    private(set) var lasting: Find?
    /// By the frames of the whole row, which lie evenly: those that come later crowd where something goes on.
    private var lastingChange: Narrowing?

    private enum Stage {
        case coarse, fine
        case narrowing(Narrowing)
        case done
    }

    /// - Parameter count: of frames in the row.
    init(count: Int) {
        self.count = count
        let places =
            count <= Self.all
            ? Array(0..<count) : (0..<Self.coarse).map { $0 * (count - 1) / (Self.coarse - 1) }
        // Every 16th first, so that the whole row is soon seen.
        queue = Self.passes(places).reversed()
    }

    private static func passes(_ places: [Int]) -> [Int] {
        var order: [Int] = []
        order.reserveCapacity(places.count)
        // Halves, quarters and so on: the numbers below 16 with their bits reversed.
        for first in [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15] {
            for place in stride(from: first, to: places.count, by: 16) { order.append(places[place]) }
        }
        return order
    }

    /// How many frames will have been looked at in the end, about.
    var expected: Int { count <= Self.all ? count : max(looked.count, Self.coarse + Self.fine) }
    var done: Int { looked.count }

    /// The frames to look at next; none where all is known that is to be known.
    mutating func next() -> [Int] {
        while true {
            switch stage {
            case .coarse:
                let places = Array(queue.suffix(Self.together).reversed())
                queue.removeLast(places.count)
                if !places.isEmpty { return places }
                lastingChange = LastingChange(known.map(\.view)).map { Narrowing($0, known) }
                stage = .fine
            case .fine:
                let places = halves()
                left -= places.count
                if !places.isEmpty { return places }
                stage = lastingChange.map { .narrowing($0) } ?? .done
            case .narrowing(let narrowing):
                let places = narrowing.wanted(isLooked: looked.contains, isDamaged: isDamaged)
                if !places.isEmpty { return places }
                guard let next = narrowing.narrowed(known, isDamaged: isDamaged) else {
                    lasting = narrowing.find
                    stage = .done
                    continue
                }
                stage = .narrowing(next)
            case .done: return []
            }
        }
    }

    /// - Parameter view: `nil` where the frame is damaged.
    mutating func take(_ place: Int, _ view: RegionView?) {
        guard looked.insert(place).inserted, let view else { return }
        known.insert((place, view), at: index(of: place))
    }

    private func isDamaged(_ place: Int) -> Bool {
        guard looked.contains(place) else { return false }
        let index = index(of: place)
        return index == known.count || known[index].place != place
    }

    /// Where a frame is among the known ones, or would be.
    private func index(of place: Int) -> Int {
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle].place < place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// What changed from each known frame to the next.
    var changes: [Int] { zip(known, known.dropFirst()).map { $0.view.change(to: $1.view) } }

    /// The middles of the stretches whose ends differ most.
    private func halves() -> [Int] {
        guard left > 0 else { return [] }
        let changes = changes
        let wide = changes.indices.filter { changes[$0] > Self.noise && middle(of: $0) != nil }
        let sure = changes.indices.filter { middle(of: $0) == nil }.map { changes[$0] }.sorted(by: >)
        // Halving what differs less than what was found already brings nothing that would be told.
        let least = sure.count >= Self.mostFinds ? sure[Self.mostFinds - 1] / 2 : 0
        return wide.filter { changes[$0] > least }.sorted { changes[$0] > changes[$1] }
            .prefix(min(left, Self.together / 3)).compactMap(middle)
    }

    /// A frame between a known one and the next that was not looked at, as near to their middle as can be.
    private func middle(of index: Int) -> Int? {
        let (low, high) = (known[index].place, known[index + 1].place)
        guard high - low > 1 else { return nil }
        let middle = (low + high) / 2
        return (0..<(high - low)).lazy.flatMap { [middle - $0, middle + $0] }
            .first { low < $0 && $0 < high && !looked.contains($0) }
    }

    /// The greatest changes from one frame to the next, the greatest first; of those that lie close together only one.
    var finds: [Find] {
        let changes = changes
        let apart = count / 400
        var finds: [Find] = []
        for index in changes.indices.sorted(by: { (changes[$1], $0) < (changes[$0], $1) }) {
            guard changes[index] > Self.noise, finds.count < Self.mostFinds else { break }
            let find = Find(before: known[index].place, after: known[index + 1].place, change: changes[index])
            guard middle(of: index) == nil, !finds.contains(where: { abs($0.after - find.after) <= apart }) else {
                continue
            }
            finds.append(find)
        }
        return finds
    }
}
