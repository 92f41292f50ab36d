internal import Vocabulary

/// What a picture's path tells: when it was taken, and its place in a series.
///
/// These names are known, and whatever is built alike:
/// - our own exports, `printer_20261123T140500.250Z.jpg`
/// - motion (https://motion-project.github.io/motion_config.html#picture_filename), `01-20261123140510-00.jpg` with the
///   event before and the number within the second behind, and `01-20261123140510-snapshot.jpg`
/// - motionEye, `2026-11-23/14-05-10.jpg`
/// - Obico, `1795442710.25.jpg`: seconds since 1970
/// - raspistill and libcamera with `--datetime`, `1031235930.jpg`: month, day and time of day, and no year
/// - OctoPrint (`octoprint/timelapse.py`), `benchy_20261123140510-17.jpg`: that time is when the *print* began
/// - moonraker-timelapse, `frame000017.jpg`, and Octolapse, `benchy000017.jpg`: a number and no time
struct PictureName: Hashable, Sendable {
    private let ownTime: CompactTime
    /// The number, or below 0 what is without a year: no name has both. Sixteen bytes in all, for there are millions.
    private let numberOrYearless: Int64

    /// The picture's own time; `nil` where the name holds none, or not to the second.
    var time: ToldTime? { ownTime.told }

    /// Month, day and time of day without a year, where the name can be read so: `1031235930`. They stand in the year 2000,
    /// which has every date. The same digits may be ``time`` as seconds since 1970.
    var yearless: ToldTime? {
        guard numberOrYearless < 0, numberOrYearless != .min else { return nil }
        return ToldTime(shown: Self.year2000 + .milliseconds(-1 - numberOrYearless), isLocal: true)
    }

    /// The number at the end of the name.
    var number: Int? { numberOrYearless < 0 ? nil : Int(numberOrYearless) }

    private static let year2000 = CivilTime(year: 2000, month: 1, day: 1).timestamp

    private init(time: ToldTime?, number: Int?) {
        (ownTime, numberOrYearless) = (CompactTime(time), number.map(Int64.init) ?? .min)
    }

    private init(time: ToldTime?, yearless: ToldTime) {
        ownTime = CompactTime(time)
        numberOrYearless = -1 - (yearless.shown - Self.year2000).milliseconds
    }

    /// - Parameter path: relative to the source, with `/` between its parts.
    init(path: String) {
        let parts = path.split(separator: "/").map { Array($0.utf8) }
        self.init(parts.last ?? [], inFolder: parts.count > 1 ? parts[parts.count - 2] : [])
    }

    /// - Parameter folder: the name of the folder that it lies in.
    init(_ name: some Collection<UInt8>, inFolder folder: [UInt8]) {
        var stem = Array(name)
        if let dot = stem.lastIndex(of: UInt8(ascii: ".")) { stem.removeSubrange(dot...) }

        let epoch = Self.epoch(stem).map(ToldTime.instant)
        if let yearless = Self.yearless(stem) {
            self.init(time: epoch, yearless: yearless)
        } else if let epoch {
            self.init(time: epoch, number: nil)
        } else if let stamp = DateStamp.first(in: stem) ?? DateStamp.timeOfDay(in: stem, ofFolder: folder) {
            self.init(
                time: Self.isStartOfSeries(stamp, in: stem) ? nil : stamp.time,
                number: Self.trailingNumber(in: stem, from: stamp.range.upperBound))
        } else {
            self.init(time: nil, number: Self.trailingNumber(in: stem, from: 0))
        }
    }

    /// Whether the stamp is OctoPrint's, which all pictures of a print share: `{name}_{14 digits}-{number}`.
    private static func isStartOfSeries(_ stamp: DateStamp, in stem: [UInt8]) -> Bool {
        let (start, end) = (stamp.range.lowerBound, stamp.range.upperBound)
        guard stamp.range.count == 14, start > 0, stem[start - 1] == UInt8(ascii: "_"), end + 1 < stem.count else {
            return false
        }
        return stem[end] == UInt8(ascii: "-") && stem[(end + 1)...].allSatisfy(\.isDigit)
    }

    /// The digits that the name ends with; `nil` for none and for more than a number holds.
    private static func trailingNumber(in stem: [UInt8], from start: Int) -> Int? {
        let digits = stem[start...].reversed().prefix(while: \.isDigit).reversed()
        return digits.count <= 18 ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }

    /// A name that is nothing but month, day and time of day, two digits each.
    private static func yearless(_ stem: [UInt8]) -> ToldTime? {
        guard stem.count == 10, stem.allSatisfy(\.isDigit) else { return nil }
        let parts = stride(from: 0, to: 10, by: 2).compactMap { stem[$0..<$0 + 2].decimal(digits: 2) }
        var civil = CivilTime(year: 2000, month: parts[0], day: parts[1])
        (civil.hour, civil.minute, civil.second) = (parts[2], parts[3], parts[4])
        return civil.isPlausible ? .wall(civil) : nil
    }

    /// A name that is nothing but seconds since 1970, with or without a fraction, or milliseconds.
    private static func epoch(_ stem: [UInt8]) -> Timestamp? {
        let whole = stem.prefix(while: \.isDigit)
        guard let number = Int64(String(decoding: whole, as: UTF8.self)) else { return nil }
        let milliseconds: Int64
        switch (whole.count, stem.count) {
        case (13, 13): milliseconds = number
        case (10, 10): milliseconds = number * 1000
        case (10, 12...):
            let fraction = stem.dropFirst(11)
            guard stem[10] == UInt8(ascii: "."), fraction.allSatisfy(\.isDigit) else { return nil }
            milliseconds = number * 1000 + Int64(fraction.milliseconds)
        default: return nil
        }
        let instant = Timestamp(milliseconds: milliseconds)
        return CivilTime(instant).isPlausible ? instant : nil
    }
}
