/// What told a picture's time, the most trustworthy first.
package enum TimeWitness: String, CaseIterable, Sendable {
    /// Whoever imports, by a beginning and a distance.
    case given
    /// The manifest of an export of ours, to the millisecond.
    case manifest
    /// A full date and time in the name, with its offset from UTC.
    case name
    /// A full date and time in the name, taken for local.
    case nameLocal = "name_local"
    /// Exif with an offset from UTC.
    case exif
    /// Exif without one, taken for local.
    case exifLocal = "exif_local"
    /// The date of the file, or of a ZIP's entry that has it in UTC.
    case fileDate = "file_date"
    /// The date of a ZIP's entry in the local time of whoever packed it, in steps of two seconds; taken for ours.
    case fileDateLocal = "file_date_local"

    /// Whether the time zone had to be assumed.
    package var isLocal: Bool { self == .nameLocal || self == .exifLocal || self == .fileDateLocal }
}
