package import Vocabulary

/// Why a picture's time may be another than the one it is filed under.
package enum TimeDoubt: String, CaseIterable, Sendable {
    /// Its name has month, day and time of day, and nothing tells the year: the latest that can be was taken.
    case yearAssumed = "year_assumed"
    /// Its name alone tells it: neither its file's date, nor Exif, nor the pictures before and after it bear it out.
    case nameAlone = "name_alone"
    /// Its file's date is that of copying or packing, it seems: many share it.
    case copiedDate = "copied_date"
    /// It is from before 2000: the clock that told it was not set.
    case unsetClock = "unset_clock"
}

/// A picture whose time may be another.
package struct DoubtfulTime: Hashable, Sendable {
    private let place: PicturePlace
    /// What it is filed under all the same.
    package let time: Timestamp
    package let doubt: TimeDoubt

    init(_ place: PicturePlace, time: Timestamp, doubt: TimeDoubt) {
        (self.place, self.time, self.doubt) = (place, time, doubt)
    }

    /// The file, or the ZIP, `!` and the entry's name.
    package var path: String { place.path }
}

extension DoubtfulTime: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("path", \.path),
        Field("time", \.time),
        Field("doubt", \.doubt),
    ]
}

extension TimeDoubt: FieldConvertible {}
