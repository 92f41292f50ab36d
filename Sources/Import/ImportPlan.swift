internal import FoundationEssentials
internal import Vocabulary

/// Pictures in the order in which they were taken, camera by camera, each with its time.
struct ImportPlan {
    struct Item: Sendable {
        let picture: FoundPicture
        let camera: CameraName
        let time: PictureTime
    }

    private(set) var items: [Item] = []
    private(set) var refused: [RefusedPicture] = []

    /// - Parameters:
    ///   - found: every picture, and what Exif tells where nothing better does.
    ///   - now: no picture was taken later than a day from now.
    init(_ found: [(picture: FoundPicture, exif: ToldTime?)], settings: ImportSettings, now: Timestamp) {
        for (picture, exif) in found {
            let accounts = TimeAccounts(
                manifest: picture.record?.capturedAt, name: picture.name.time, exif: exif,
                file: picture.fileDate)
            guard let time = PictureTime(accounts, zone: settings.timeZone) else {
                refused.append(
                    RefusedPicture(path: picture.path, label: "no_time", reason: "nothing tells when it was taken"))
                continue
            }
            guard time.instant <= now + .seconds(86_400) else {
                refused.append(
                    RefusedPicture(
                        path: picture.path, label: "future", reason: "its time, \(time.instant), lies in the future"))
                continue
            }
            let camera = settings.camera ?? picture.record?.camera ?? ImportSettings.unnamedCamera
            items.append(Item(picture: picture, camera: camera, time: time))
        }
        items = Self.spread(items.sorted(by: Self.comesBefore))
    }

    /// From each camera's first picture to its last.
    var ranges: [CameraName: ClosedRange<Timestamp>] {
        items.reduce(into: [:]) { ranges, item in
            let instant = item.time.instant
            let range = ranges[item.camera] ?? instant...instant
            ranges[item.camera] = min(range.lowerBound, instant)...max(range.upperBound, instant)
        }
    }

    /// Folders of many pictures that are dated by their files alone, and so close together that it must have been a copy
    /// that dated them.
    var foldersWithCopiedDates: [String] {
        var ranges: [String: (first: Timestamp, last: Timestamp, count: Int)] = [:]
        for item in items where item.time.witness == .fileDate {
            let instant = item.time.instant
            let range = ranges[item.picture.folder] ?? (instant, instant, 0)
            ranges[item.picture.folder] = (min(range.first, instant), max(range.last, instant), range.count + 1)
        }
        return ranges.filter { _, range in
            range.count >= 20 && (range.last - range.first).milliseconds < 50 * Int64(range.count)
        }.keys.sorted()
    }

    /// By camera and time; where that is the same, a folder's pictures by number and then by name.
    private static func comesBefore(_ left: Item, _ right: Item) -> Bool {
        if left.camera != right.camera { return left.camera < right.camera }
        if left.time.instant != right.time.instant { return left.time.instant < right.time.instant }
        if left.picture.folder != right.picture.folder { return left.picture.folder < right.picture.folder }
        let (first, second) = (left.picture.name.number ?? -1, right.picture.name.number ?? -1)
        return first != second ? first < second : left.picture.path < right.picture.path
    }

    /// Pictures of a folder that share an instant of whole seconds are put a millisecond apart, in their order: their times
    /// are rounded, and the archive orders frames by time. It depends on nothing but the pictures, so that importing the same
    /// ones again gives the same times.
    private static func spread(_ items: [Item]) -> [Item] {
        var items = items
        var first = 0
        for index in items.indices.dropFirst() {
            let (item, start) = (items[index], items[first])
            guard item.camera == start.camera, item.picture.folder == start.picture.folder,
                item.time.instant == start.time.instant, item.time.instant.milliseconds % 1000 == 0,
                item.time.witness != .manifest
            else {
                first = index
                continue
            }
            var time = item.time
            time.instant = time.instant + .milliseconds(min(index - first, 999))
            items[index] = Item(picture: item.picture, camera: item.camera, time: time)
        }
        return items
    }
}
