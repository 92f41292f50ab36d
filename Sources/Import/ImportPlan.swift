internal import FoundationEssentials
internal import Vocabulary

/// Pictures in the order in which they were taken, camera by camera, each with its time.
struct ImportPlan {
    struct Item: Sendable {
        let picture: FoundPicture
        let camera: CameraName
        var time: PictureTime
    }

    private(set) var items: [Item] = []
    private(set) var refused: [RefusedPicture] = []
    /// Folders and ZIPs whose pictures' dates are those of a copy, it seems.
    let copiedDates: [String]

    /// - Parameters:
    ///   - table: every picture, and what tells its time.
    ///   - now: no picture was taken later than a day from now.
    init(_ pictures: [FoundPicture], _ table: TimeTable, settings: ImportSettings, now: Timestamp) {
        copiedDates = table.copiedDates.sorted()
        var cameras = FolderCameras(settings)
        var times = table.times()
        if settings.every != nil || settings.start != nil {
            let lines = Dictionary(grouping: table.order) { cameras.camera(of: pictures[$0]) }
            for line in lines.values { GivenTimes(start: settings.start, every: settings.every).set(line, in: &times) }
        }
        for (index, picture) in pictures.enumerated() {
            guard let time = times[index] else {
                refused.append(
                    RefusedPicture(
                        path: picture.path, label: "no_time",
                        reason: "nothing tells when it was taken (--start and --every do)"))
                continue
            }
            guard time.instant <= now + .seconds(86_400) else {
                refused.append(
                    RefusedPicture(
                        path: picture.path, label: "future", reason: "its time, \(time.instant), lies in the future"))
                continue
            }
            items.append(Item(picture: picture, camera: cameras.camera(of: picture), time: time))
        }
        items.sort(by: Self.comesBefore)
        spread()
    }

    /// From each camera's first picture to its last.
    var ranges: [CameraName: ClosedRange<Timestamp>] {
        items.reduce(into: [:]) { ranges, item in
            let instant = item.time.instant
            let range = ranges[item.camera] ?? instant...instant
            ranges[item.camera] = min(range.lowerBound, instant)...max(range.upperBound, instant)
        }
    }

    /// Folders whose pictures come in turns under one camera: those of several cameras, it seems.
    var interleavedFolders: [String] {
        var folders: Set<String> = []
        var last: [CameraName: String] = [:]
        var turns: [CameraName: [String: Int]] = [:]
        for item in items {
            let folder = item.picture.folder.ofCamera.path
            guard last.updateValue(folder, forKey: item.camera) != folder else { continue }
            turns[item.camera, default: [:]][folder, default: 0] += 1
        }
        // Prints that lie in folders of their own come one after the other: each has one turn.
        for counts in turns.values { folders.formUnion(counts.filter { $0.value > 2 }.keys) }
        return folders.count > 1 ? folders.sorted() : []
    }

    /// By camera and time; where that is the same, a folder's pictures by number and then by name.
    private static func comesBefore(_ left: Item, _ right: Item) -> Bool {
        if left.camera != right.camera { return left.camera < right.camera }
        if left.time.instant != right.time.instant { return left.time.instant < right.time.instant }
        if left.picture.folder !== right.picture.folder { return left.picture.folder.path < right.picture.folder.path }
        let (first, second) = (left.picture.name.number ?? -1, right.picture.name.number ?? -1)
        return first != second ? first < second : left.picture.path < right.picture.path
    }

    /// Pictures of a folder that share an instant of whole seconds are put a millisecond apart, in their order: their times
    /// are rounded, and the archive orders frames by time. It depends on nothing but the pictures, so that importing the same
    /// ones again gives the same times.
    private mutating func spread() {
        var first = 0
        for index in items.indices.dropFirst() {
            let (item, start) = (items[index], items[first])
            guard item.camera == start.camera, item.picture.folder === start.picture.folder,
                item.time.instant == start.time.instant, item.time.instant.milliseconds % 1000 == 0,
                item.time.witness != .manifest
            else {
                first = index
                continue
            }
            items[index].time.instant = item.time.instant + .milliseconds(min(index - first, 999))
        }
    }
}
