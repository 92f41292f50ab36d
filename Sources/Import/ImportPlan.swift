internal import FoundationEssentials
internal import Vocabulary

/// Pictures in the order in which they were taken, camera by camera, each with its time.
///
/// It is a list of places, which need 24 bytes for a picture; an item is put together when it is asked for.
struct ImportPlan: RandomAccessCollection, Sendable {
    struct Item: Sendable {
        let picture: FoundPicture
        let camera: CameraName
        let time: PictureTime
    }

    /// As few bytes as there can be: millions of them are sorted.
    private struct Place {
        var instant: Timestamp
        /// Of the picture among those that were found.
        let index: UInt32
        let camera: UInt32
        /// In the order of names.
        let rank: UInt32
        let witness: TimeWitness
        let doubt: TimeDoubt?
    }

    private let pictures: [FoundPicture]
    private let cameras: [CameraName]
    private var places: [Place] = []
    private(set) var refused: [RefusedPicture] = []
    /// Folders and ZIPs whose pictures' dates are those of a copy, it seems.
    let copiedDates: [String]

    var startIndex: Int { 0 }
    var endIndex: Int { places.count }

    subscript(position: Int) -> Item {
        let place = places[position]
        return Item(
            picture: pictures[Int(place.index)], camera: cameras[Int(place.camera)],
            time: PictureTime(instant: place.instant, witness: place.witness, doubt: place.doubt))
    }

    /// - Parameters:
    ///   - table: every picture, and what tells its time.
    ///   - now: no picture was taken later than a day from now.
    init(_ pictures: [FoundPicture], _ table: TimeTable, settings: ImportSettings, now: Timestamp) {
        self.pictures = pictures
        copiedDates = table.copiedDates.sorted()
        (places, cameras, refused) = Self.places(pictures, table, settings: settings, now: now)
        places.sort(by: Self.comesBefore(pictures, cameras))
        spread()
    }

    private static func places(
        _ pictures: [FoundPicture], _ table: TimeTable, settings: ImportSettings, now: Timestamp
    ) -> (places: [Place], cameras: [CameraName], refused: [RefusedPicture]) {
        var folders = FolderCameras(settings)
        var given: [PictureTime?]?
        if settings.every != nil || settings.start != nil {
            var times = table.times()
            let lines = Dictionary(grouping: table.order) { folders.camera(of: pictures[$0]) }
            for line in lines.values { GivenTimes(start: settings.start, every: settings.every).set(line, in: &times) }
            given = times
        }
        var (places, refused): ([Place], [RefusedPicture]) = ([], [])
        places.reserveCapacity(pictures.count)
        var cameras: [CameraName] = []
        var numbers: [CameraName: UInt32] = [:]
        var rank: UInt32 = 0
        table.visit { index, told in
            let picture = pictures[index]
            defer { rank += 1 }
            guard let time = given.map({ $0[index] }) ?? told else {
                refused.add(
                    RefusedPicture(
                        picture.place, label: "no_time",
                        reason: "nothing tells when it was taken (a start and a step do)"))
                return
            }
            guard time.instant <= now + .seconds(86_400) else {
                refused.add(
                    RefusedPicture(
                        picture.place, label: "future", reason: "its time, \(time.instant), lies in the future"))
                return
            }
            let camera = folders.camera(of: picture)
            let number = numbers[camera] ?? UInt32(cameras.count)
            if Int(number) == cameras.count {
                cameras.append(camera)
                numbers[camera] = number
            }
            places.append(
                Place(
                    instant: time.instant, index: UInt32(index), camera: number, rank: rank,
                    witness: time.witness, doubt: time.doubt))
        }
        return (places, cameras, refused)
    }

    /// From each camera's first picture to its last.
    var ranges: [CameraName: ClosedRange<Timestamp>] {
        places.reduce(into: [:]) { ranges, place in
            let (instant, camera) = (place.instant, cameras[Int(place.camera)])
            let range = ranges[camera] ?? instant...instant
            ranges[camera] = Swift.min(range.lowerBound, instant)...Swift.max(range.upperBound, instant)
        }
    }

    /// Folders whose pictures come in turns under one camera: those of several cameras, it seems.
    var interleavedFolders: [String] {
        var folders: Set<String> = []
        var last: [CameraName: String] = [:]
        var turns: [CameraName: [String: Int]] = [:]
        for item in self {
            let folder = item.picture.folder.ofCamera.path
            guard last.updateValue(folder, forKey: item.camera) != folder else { continue }
            turns[item.camera, default: [:]][folder, default: 0] += 1
        }
        // Prints that lie in folders of their own come one after the other: each has one turn.
        for counts in turns.values { folders.formUnion(counts.filter { $0.value > 2 }.keys) }
        return folders.count > 1 ? folders.sorted() : []
    }

    /// By camera and time; where that is the same, a folder's pictures by number and then by name.
    private static func comesBefore(_ pictures: [FoundPicture], _ cameras: [CameraName]) -> (Place, Place) -> Bool {
        { left, right in
            if left.camera != right.camera { return cameras[Int(left.camera)] < cameras[Int(right.camera)] }
            if left.instant != right.instant { return left.instant < right.instant }
            let (one, other) = (pictures[Int(left.index)], pictures[Int(right.index)])
            if one.folder !== other.folder { return one.folder.path < other.folder.path }
            let (first, second) = (one.name.number ?? -1, other.name.number ?? -1)
            return first != second ? first < second : left.rank < right.rank
        }
    }

    /// Pictures of a folder that share an instant of whole seconds are put a millisecond apart, in their order: their times
    /// are rounded, and the archive orders frames by time. It depends on nothing but the pictures, so that importing the same
    /// ones again gives the same times.
    private mutating func spread() {
        var first = 0
        for index in places.indices.dropFirst() {
            let (place, start) = (places[index], places[first])
            let folders = (pictures[Int(place.index)].folder, pictures[Int(start.index)].folder)
            guard place.camera == start.camera, folders.0 === folders.1, place.instant == start.instant,
                place.instant.milliseconds % 1000 == 0, place.witness != .manifest
            else {
                first = index
                continue
            }
            places[index].instant = place.instant + .milliseconds(Swift.min(index - first, 999))
        }
    }
}
