package import Vocabulary

/// A date and a time of day as MS-DOS writes them, which ZIPs have from there: in steps of two seconds, from 1980 to 2107, and in
/// no time zone.
package struct DOSTime: Hashable, Sendable {
    package let time: UInt16
    package let date: UInt16

    package init(time: UInt16, date: UInt16) { (self.time, self.date) = (time, date) }

    /// The nearest one that can be written.
    package init(_ civil: CivilTime) {
        let year = min(max(civil.year, 1980), 2107) - 1980
        date = UInt16(year << 9 | civil.month << 5 | civil.day)
        time = UInt16(civil.hour << 11 | civil.minute << 5 | civil.second / 2)
    }

    /// What is written, which may be no date at all: packers that know none write zeros.
    package var civil: CivilTime {
        var civil = CivilTime(year: 1980 + Int(date >> 9), month: Int(date >> 5 & 15), day: Int(date & 31))
        (civil.hour, civil.minute, civil.second) = (Int(time >> 11), Int(time >> 5 & 63), Int(time & 31) * 2)
        return civil
    }
}
