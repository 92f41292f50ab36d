internal import Vocabulary

/// Finds stamps that tell when a series began, and not when each of its pictures was taken: all pictures whose names differ
/// in nothing but the number at their end share them.
///
/// A camera that takes several pictures a second names them so, too (motion). These go on: the stamps of the seconds before and
/// after are there as well, and the files' dates are those of the stamps.
struct SeriesStamps {
    /// More pictures in a second than a camera takes.
    private static let limit = 30

    private let pictures: [FoundPicture]

    init(_ pictures: [FoundPicture]) { self.pictures = pictures }

    /// Of the pictures of one camera's folder, in the order of their names, those whose names tell the series' time alone.
    func sharing(_ series: [Int]) -> [Int] {
        // Those with the same stamp stand together: they differ in what is behind it.
        var groups: [[Int]] = []
        for index in series where pictures[index].name.time != nil {
            let isSame = groups.last.map { shares(index, with: $0[0]) } ?? false
            if isSame { groups[groups.count - 1].append(index) } else { groups.append([index]) }
        }
        return groups.indices.filter {
            isSeries(
                groups[$0], before: $0 > 0 ? groups[$0 - 1] : nil,
                after: $0 + 1 < groups.count ? groups[$0 + 1] : nil)
        }.flatMap { groups[$0] }
    }

    private func shares(_ index: Int, with other: Int) -> Bool {
        let (one, two) = (pictures[index], pictures[other])
        return one.folder === two.folder && one.name.time == two.name.time && one.name.number != nil
            && two.name.number != nil
    }

    private func isSeries(_ group: [Int], before: [Int]?, after: [Int]?) -> Bool {
        guard group.count > 1, let stamp = pictures[group[0]].name.time else { return false }
        if group.count > Self.limit { return true }
        // Pictures of one second were written within it and the next.
        let dates = group.compactMap { pictures[$0].fileDate }.filter { stamp.isBorneOut(by: $0) }
        if dates.count == group.count, let first = dates.first {
            let distances = dates.map { abs(first.distance(to: $0).milliseconds) }
            return (distances.max() ?? 0) > 2000
        }
        // Another stamp follows within what these pictures take at one a second, as a burst's does.
        let neighbours = [before, after].compactMap { $0?.first }.compactMap { pictures[$0].name.time }
        return !neighbours.contains { abs(stamp.distance(to: $0).milliseconds) <= Int64(max(10, group.count)) * 1000 }
    }
}
