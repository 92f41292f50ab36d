/// Stamps in names that so many pictures of a folder share that they tell when a series began, and not when each was taken.
struct SharedStamps {
    private struct Stamp: Hashable {
        let folder: String
        let time: ToldTime

        /// `nil` for a name without one.
        init?(_ picture: FoundPicture) {
            guard let time = picture.name.time else { return nil }
            (folder, self.time) = (picture.folder, time)
        }
    }

    /// More pictures in a second than a camera takes.
    private static let limit = 30

    private var counts: [Stamp: Int] = [:]

    /// Takes such stamps away from the pictures' names.
    static func remove(from pictures: inout [FoundPicture]) {
        var shared = SharedStamps()
        for picture in pictures {
            if let stamp = Stamp(picture) { shared.counts[stamp, default: 0] += 1 }
        }
        for index in pictures.indices {
            guard let stamp = Stamp(pictures[index]), shared.counts[stamp, default: 0] > limit else { continue }
            pictures[index].name.time = nil
        }
    }
}
