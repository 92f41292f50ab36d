/// The one change in a row of views after which things stayed as they were then: a part came off the bed, a light went on.
struct LastingChange: Sendable {
    /// The view from which on it is changed, by its place.
    let place: Int
    /// What most views showed before it and after it.
    let before, after: RegionView
    let change: Int

    /// How many views to either side tell how things stood.
    private static let window = 12
    /// Few enough that medians are cheap.
    private static let mostCandidates = 24
    /// Of all views after the change, so many of a hundred look as after it rather than as before.
    private static let lastingPercent = 80

    /// `nil` where nothing stayed changed.
    init?(_ views: [RegionView]) {
        guard views.count >= 2 else { return nil }
        let window = max(1, min(Self.window, views.count / 4))
        let found = Self.candidates(views, window: window).compactMap { place in
            Self.judged(views, at: place, window: window)
        }.max { $0.merit < $1.merit }
        guard let found else { return nil }
        self = found.change
    }

    private struct Judged {
        let change: LastingChange
        /// How many of the views around it look as on the other side; the two between which it lies count twice.
        let strangers: Int

        /// Noise makes the same change greater or smaller by one or two from one place to the next.
        var merit: Int { change.change - 3 * strangers }
    }

    private init(place: Int, before: RegionView, after: RegionView, change: Int) {
        (self.place, self.before, self.after, self.change) = (place, before, after, change)
    }

    private static func judged(_ views: [RegionView], at place: Int, window: Int) -> Judged? {
        let (early, late) = (views[max(0, place - window)..<place], views[place..<min(views.count, place + window)])
        // At the ends of a row a few frames cannot be told from what passes by.
        guard min(early.count, late.count) >= max(1, window / 3) else { return nil }
        let (before, after) = (RegionView(median: Array(early)), RegionView(median: Array(late)))
        let change = before.change(to: after)
        guard change > ChangeHunt.noise else { return nil }
        func isAfter(_ view: RegionView) -> Bool { view.distance(to: after) < view.distance(to: before) }
        let rest = views[place...]
        let (lasting, atTheEnd) = (rest.count(where: isAfter), views.suffix(late.count).count(where: isAfter))
        guard lasting * 100 >= rest.count * lastingPercent, atTheEnd * 2 > late.count else { return nil }
        return Judged(
            change: LastingChange(place: place, before: before, after: after, change: change),
            strangers: early.count(where: isAfter) + late.count { !isAfter($0) }
                + (isAfter(views[place - 1]) ? 1 : 0) + (isAfter(views[place]) ? 0 : 1))
    }

    /// The places where the means to either side differ most.
    private static func candidates(_ views: [RegionView], window: Int) -> [Int] {
        let parts = views[0].levels.count
        var (early, late) = ([Int](repeating: 0, count: parts), [Int](repeating: 0, count: parts))
        func add(_ view: RegionView, times: Int, to sums: inout [Int]) {
            for part in 0..<parts { sums[part] += times * Int(view.levels[part]) }
        }
        for view in views.prefix(window) { add(view, times: 1, to: &late) }
        var steps: [(place: Int, step: Int)] = []
        for place in 1..<views.count {
            add(views[place - 1], times: 1, to: &early)
            add(views[place - 1], times: -1, to: &late)
            if place > window { add(views[place - 1 - window], times: -1, to: &early) }
            if place + window <= views.count { add(views[place + window - 1], times: 1, to: &late) }
            let (before, after) = (min(place, window), min(window, views.count - place))
            var step = 0
            for part in 0..<parts { step += abs(late[part] / after - early[part] / before) }
            steps.append((place, step))
        }
        return steps.sorted { $0.step > $1.step }.prefix(mostCandidates).map(\.place)
    }
}

/// Narrows a lasting change down to two neighbouring frames.
struct Narrowing: Sendable {
    private let lasting: LastingChange
    /// The change lies behind the first of these frames, and at the second or before.
    private let low, high: Int

    init(_ lasting: LastingChange, _ known: [(place: Int, view: RegionView)]) {
        self.lasting = lasting
        (low, high) = (known[lasting.place - 1].place, known[lasting.place].place)
    }

    private init(_ lasting: LastingChange, low: Int, high: Int) {
        (self.lasting, self.low, self.high) = (lasting, low, high)
    }

    var find: ChangeHunt.Find { ChangeHunt.Find(before: low, after: high, change: lasting.change) }

    /// The frames nearest to the middle, the nearest first: more than one, so that what passes by does not decide.
    ///
    /// - Parameter isDamaged: of a frame that was looked at.
    private func asked(_ isDamaged: (Int) -> Bool) -> [Int] {
        let middle = (low + high) / 2
        var asked: [Int] = []
        for distance in 0..<max(1, high - low) where asked.count < 3 {
            for place in Set([middle - distance, middle + distance]).sorted()
            where low < place && place < high && asked.count < 3 && !isDamaged(place) { asked.append(place) }
        }
        return asked
    }

    /// Those that were not looked at yet.
    func wanted(isLooked: (Int) -> Bool, isDamaged: (Int) -> Bool) -> [Int] {
        asked(isDamaged).filter { !isLooked($0) }
    }

    /// - Returns: `nil` where no sound frame lies between the ends.
    func narrowed(_ known: [(place: Int, view: RegionView)], isDamaged: (Int) -> Bool) -> Narrowing? {
        let places = asked(isDamaged)
        guard let middle = places.first else { return nil }
        let views = known.filter { places.contains($0.place) }.map(\.view)
        let changed = views.count { $0.distance(to: lasting.after) < $0.distance(to: lasting.before) }
        return changed * 2 > views.count
            ? Narrowing(lasting, low: low, high: middle) : Narrowing(lasting, low: middle, high: high)
    }
}
