internal import FoundationEssentials
internal import Vocabulary

/// Weighs what tells when each picture was taken, over whole series.
///
/// A manifest of ours is believed. A name's time wants a second witness: the file's date, Exif, or a neighbour in the order of
/// names within a day. Exif is believed; a file's date, unless many share it. What stands alone is taken, and told as doubtful.
///
/// | what a name says | is read as | where |
/// |---|---|---|
/// | a date with its year | that | always |
/// | ten digits that can be month, day and time | that, in the year that Exif, the file's date, a folder or a neighbour tells | unless Exif or the file's date bears them out as seconds since 1970 |
/// | ten digits, or thirteen | seconds, milliseconds since 1970 | else |
/// | one stamp for many numbers | when the series began | unless the files' dates or the stamps around say that they are of one second |
struct TimeTable {
    private let pictures: [FoundPicture]
    private let zone: TimeZone
    private let now: Timestamp
    /// The times that names tell, once weighed, and the doubt about them.
    private var names: [(time: ToldTime, doubt: TimeDoubt?)?]
    /// The pictures of each camera's folder in the order of names.
    private let series: [[Int]]
    /// Folders and ZIPs whose pictures' dates are those of a copy, it seems.
    private(set) var copiedDates: Set<String> = []

    /// - Parameter series: of these pictures, as ``series(of:)`` has them.
    init(_ pictures: [FoundPicture], series: [[Int]], zone: TimeZone, now: Timestamp) {
        (self.pictures, self.series, self.zone, self.now) = (pictures, series, zone, now)
        names = pictures.map { picture in picture.name.time.map { ($0, nil) } }
        for one in series { weigh(one) }
        findCopiedDates()
    }

    /// The pictures of which Exif may tell more than their names and files do.
    var unsettled: [Int] {
        pictures.indices.filter { index in
            guard pictures[index].record == nil else { return false }
            guard let name = names[index] else { return true }
            return name.doubt != nil
        }
    }

    /// The pictures in the order of their folders' and their own names.
    var order: FlattenSequence<[[Int]]> { series.joined() }

    /// Every picture's time, `nil` where nothing tells it.
    func times() -> [PictureTime?] {
        var times = [PictureTime?](repeating: nil, count: pictures.count)
        visit { index, time in times[index] = time }
        return times
    }

    /// Hands on every picture with its time, in the order of ``order``.
    func visit(_ take: (Int, PictureTime?) -> Void) {
        for one in series {
            var previous: Timestamp?
            for index in one {
                let time = time(of: index, after: previous)
                take(index, time)
                previous = time?.instant ?? previous
            }
        }
    }

    private func time(of index: Int, after previous: Timestamp?) -> PictureTime? {
        let (picture, name) = (pictures[index], names[index])
        let accounts = TimeAccounts(
            manifest: picture.record?.capturedAt, name: name?.time, exif: picture.exif, file: picture.fileDate)
        guard var time = PictureTime(accounts, zone: zone, after: previous) else { return nil }
        switch time.witness {
        case .given, .manifest: return time
        case .name, .nameLocal: time.doubt = name?.doubt
        case .exif, .exifLocal: break
        case .fileDate, .fileDateLocal: if copiedDates.contains(picture.folder.path) { time.doubt = .copiedDate }
        }
        if time.instant < Self.year2000 { time.doubt = .unsetClock }
        return time
    }

    private static let year2000 = CivilTime(year: 2000, month: 1, day: 1).timestamp

    // MARK: - Series

    /// The pictures of each camera's folder, folder by folder and in each by their names.
    static func series(of pictures: [FoundPicture]) -> [[Int]] {
        var folders: [ObjectIdentifier: (folder: PictureFolder, pictures: [Int])] = [:]
        for (index, picture) in pictures.enumerated() {
            folders[ObjectIdentifier(picture.folder), default: (picture.folder, [])].pictures.append(index)
        }
        var series: [ObjectIdentifier: [Int]] = [:]
        let inOrder = folders.values.map { ($0, Array($0.folder.path.utf8)) }
            .sorted { NaturalOrder.precedes($0.1[...], $1.1[...]) }
        for (folder, _) in inOrder {
            let names = NameOrder(folder.pictures) { pictures[$0].fileName }
            series[ObjectIdentifier(folder.folder.ofCamera), default: []] += names.order
        }
        return series.values.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
    }

    private mutating func weigh(_ series: [Int]) {
        for index in SeriesStamps(pictures).sharing(series) { names[index] = nil }
        readYearless(series)
        let told = series.filter { names[$0] != nil }
        for (place, index) in told.enumerated() {
            guard let name = names[index], name.doubt == nil, !isBorneOut(name.time, index) else { continue }
            let neighbours = [place - 1, place + 1].filter(told.indices.contains).compactMap { names[told[$0]]?.time }
            // A copy of the same picture bears nothing out.
            if neighbours.contains(where: { $0 != name.time && name.time.isBorneOut(by: $0) }) { continue }
            names[index] = (name.time, .nameAlone)
        }
    }

    /// Whether Exif or the file's date tells the same.
    private func isBorneOut(_ time: ToldTime, _ index: Int) -> Bool {
        let picture = pictures[index]
        return [picture.exif, picture.fileDate].contains { $0.map(time.isBorneOut) ?? false }
    }

    // MARK: - Names without a year

    private mutating func readYearless(_ series: [Int]) {
        var waiting: [Int] = []
        var known: ToldTime?
        for index in series {
            guard let told = pictures[index].name.yearless else { continue }
            if let epoch = pictures[index].name.time, isBorneOut(epoch, index) { continue }
            let accounts = [pictures[index].exif, pictures[index].fileDate].compactMap(\.self)
            let borneOut = accounts.lazy.compactMap { account in
                (-1...1).compactMap { told.inYear(account.year + $0) }.first { $0.isBorneOut(by: account) }
            }.first
            if let borneOut {
                names[index] = (borneOut, nil)
                known = borneOut
            } else if let year = pictures[index].folder.year, let dated = told.inYear(year) {
                names[index] = (dated, nil)
                known = dated
            } else {
                waiting.append(index)
            }
        }
        for index in waiting {
            guard let told = pictures[index].name.yearless else { continue }
            names[index] = known.flatMap { nearest(told, to: $0) }.map { ($0, nil) } ?? latest(told, index)
        }
    }

    /// In the year that brings it nearest to another picture of the series.
    private func nearest(_ told: ToldTime, to other: ToldTime) -> ToldTime? {
        (-1...1).compactMap { told.inYear(other.year + $0) }
            .min { abs(other.distance(to: $0).milliseconds) < abs(other.distance(to: $1).milliseconds) }
    }

    /// In the latest year that can be: before now, and before the file was written.
    private func latest(_ told: ToldTime, _ index: Int) -> (time: ToldTime, doubt: TimeDoubt?)? {
        let bound = min(pictures[index].fileDate?.exact ?? now, now) + .seconds(86_400)
        let year = CivilTime(bound).year
        // A 29 February may be as much as eight years back.
        let time = (0...8).lazy.compactMap { told.inYear(year - $0) }
            .first { ToldTime.instant(bound).distance(to: $0).milliseconds <= 0 }
        return time.map { ($0, .yearAssumed) }
    }

    // MARK: - Dates of copies

    private mutating func findCopiedDates() {
        var folders: [String: DateSpan] = [:]
        for (index, picture) in pictures.enumerated() where picture.record == nil && names[index] == nil {
            if let date = picture.fileDate, picture.exif == nil {
                folders[picture.folder.path, default: DateSpan(date)].add(date)
            }
        }
        for (folder, dates) in folders where dates.count > 1 {
            // Nearer to one another than a camera takes pictures; two may well be of one instant. A ZIP's steps are of 2 s.
            let limit = dates.count == 2 ? 0 : 50 * Int64(dates.count)
            if dates.span <= max(limit, dates.first.isLocal && dates.count > 2 ? 2000 : 0) {
                copiedDates.insert(folder)
            }
        }
    }

    /// How far apart the dates of a folder's pictures lie.
    private struct DateSpan {
        let first: ToldTime
        private(set) var count = 0
        /// In milliseconds from the first.
        private var (low, high): (Int64, Int64) = (0, 0)

        init(_ first: ToldTime) { self.first = first }

        mutating func add(_ date: ToldTime) {
            let distance = first.distance(to: date).milliseconds
            (count, low, high) = (count + 1, min(low, distance), max(high, distance))
        }

        var span: Int64 { high - low }
    }
}

extension ToldTime {
    /// The same date in another year; `nil` for a 29 February that the year does not have.
    fileprivate func inYear(_ year: Int) -> ToldTime? {
        guard var civil = wallTime else { return nil }
        civil.year = year
        return civil.isPlausible ? .wall(civil) : nil
    }
}
