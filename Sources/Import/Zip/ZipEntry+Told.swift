internal import Formats
internal import Vocabulary

extension ZipEntry {
    /// Its path within the ZIP. It is shown and read for its date, and never used as a path on disk.
    var path: String { ZipName.text(name, unicode: unicodeName, isUnix: isFromUnix) }

    /// When the file that was packed was changed last. Packers that know no date write zeros, or the calendar's first day.
    var changed: ToldTime? {
        let civil = localTime.civil
        return modified.map(ToldTime.instant) ?? (civil.isPlausible ? .wall(civil) : nil)
    }
}

extension ZipProblem {
    init(_ fault: ZipEntry.Fault) {
        switch fault {
        case .damaged: self = .damaged("the ZIP's list of contents is damaged")
        case .severalDisks: self = .multipleDisks
        case .numberMissing: self = .damaged("the ZIP's list of contents lacks a size of more than 4 GiB")
        }
    }
}
