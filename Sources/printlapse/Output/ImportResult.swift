import Archive
import Care
import Import
import Storage
import Vocabulary

/// What an import of pictures and archives came to.
struct ImportResult: Encodable {
    /// `nil` where no source was one of pictures.
    var pictures: ImportReport?
    var archives: [MergedArchive] = []

    /// How many lines of a kind a person is shown.
    private static let lineLimit = 20

    /// The exit code that is not 0: `doneInPart` where some was refused, `wrong` where all was.
    var status: ExitStatus? {
        let refused = (pictures?.refused.count ?? 0) + archives.reduce(0) { $0 + $1.report.damaged.count }
        let imported = (pictures?.imported ?? 0) + archives.reduce(0) { $0 + $1.report.stored + $1.report.known }
        guard refused > 0 else { return nil }
        return imported > 0 ? .doneInPart : .wrong
    }

    func printText(isQuiet: Bool) throws {
        if let pictures {
            Self.say(pictures.refused.lazy.map { "Refused \($0.path.onOneLine): \($0.reason.asSentence)" })
            if !isQuiet { try Self.print(pictures.lines) }
        }
        for archive in archives {
            Self.say(
                archive.report.damaged.lazy.map {
                    "Left out frame \($0.frame) of \(archive.path.onOneLine): \($0.problem.asSentence)"
                })
            if !isQuiet { try Self.print(archive.lines) }
        }
    }

    private static func print(_ lines: [String]) throws {
        for line in lines { try StandardOutput.sentence(line) }
    }

    private static func say(_ lines: some RandomAccessCollection<String>) {
        for line in lines.prefix(lineLimit) { StandardError.sentence(line) }
        if lines.count > lineLimit {
            StandardError.write("… and \((lines.count - lineLimit).grouped) more; --json names them all.")
        }
    }
}

/// An archive that was merged.
struct MergedArchive: KeyedRecord {
    let path: String
    let report: MergeReport

    static let fields: [Field<Self>] = MergeReport.fields.map { $0.of(\.report) } + [Field("path", \.path)]

    fileprivate var lines: [String] {
        let (new, verb) = (report.stored.counted("new frame"), report.isDryRun ? "would come" : "came")
        var first = "\(path.onOneLine): \(new) \(verb) in, \(report.bytesStored); \(report.known.grouped) known before"
        if !report.damaged.isEmpty { first += "; \(report.damaged.count.grouped) damaged and left out" }
        var lines = [first + "."]
        if !report.isDryRun {
            lines.append(
                "  \(report.prints.counted("new print")), \(report.slots.counted("slot")) of the ledger, "
                    + "\(report.usageReadings.counted("usage reading"))")
        }
        lines.append("  " + (report.cameras.count == 1 ? "Camera: " : "Cameras: ") + report.cameras.list)
        return lines
    }
}

extension ImportReport {
    fileprivate var lines: [String] {
        let (would, verb) = isDryRun ? ("would be ", "would come in") : ("", "came in")
        var first = "\(found.counted("picture")) found: \(stored.counted("new frame")) \(verb), \(bytesStored)"
        if repeated > 0 { first += "; \(repeated.grouped) \(would)repeats of the frame before" }
        if known > 0 { first += "; \(known.grouped) known before" }
        if suspect > 0 { first += "; \(suspect.grouped) suspect" }
        if !refused.isEmpty { first += "; \(refused.count.grouped) refused" }
        var lines = [first + "."]
        if let from, let until, imported > 0 {
            lines.append("  Taken: \(from.localText) to \(until.localText)")
            lines.append("  " + (cameras.count == 1 ? "Camera: " : "Cameras: ") + cameras.list)
        }
        // Where nothing came in it does not matter when it would have been taken.
        let ways = imported == 0 ? [] : TimeWitness.allCases.filter { times[$0, default: 0] > 0 }
        if !ways.isEmpty {
            let counts = ways.map { "\(times[$0, default: 0].grouped) by \($0.words)" }
            lines.append("  Times: " + counts.joined(separator: ", "))
        }
        if ways.contains(where: \.isLocal) {
            lines.append("  Times without an offset were taken for those of \(timeZone) (--time-zone).")
        }
        if imported > 0 { lines += doubtLines }
        for folder in copiedDates {
            lines.append(
                "  The files of \(folder.onOneLine) are dated so close together that copying dated them, it seems: "
                    + "copy them with their dates (cp -p, rsync -t).")
        }
        if !interleavedFolders.isEmpty {
            let names = interleavedFolders.prefix(3).map(\.onOneLine).joined(separator: ", ")
            let more = interleavedFolders.count > 3 ? " and \((interleavedFolders.count - 3).grouped) more" : ""
            lines.append(
                "  Pictures of several folders come in turns: \(names)\(more). Those of several cameras? "
                    + "--camera-by-folder files each under its folder’s name.")
        }
        for camera in alternating {
            lines.append(
                "  The \(camera.what) of \(camera.camera) change to and fro, \(camera.count.grouped) times: pictures of "
                    + "several cameras, it seems. Import each camera’s with its --camera, or use --camera-by-folder.")
        }
        if otherFiles > 0 { lines.append("  \(otherFiles.counted("other file")) left alone.") }
        return lines
    }
}

extension ImportReport {
    /// A line for each kind of doubt, with an example.
    private var doubtLines: [String] {
        TimeDoubt.allCases.compactMap { kind in
            guard let first = doubtful.first(where: { $0.doubt == kind }) else { return nil }
            let count = doubtful.count { $0.doubt == kind }
            return "  Doubtful: \(count.counted("time")) \(kind.words), such as \(first.path.onOneLine): "
                + "\(first.time.localText). \(kind.hint)"
        }
    }
}

extension TimeDoubt {
    fileprivate var words: String {
        switch self {
        case .yearAssumed: "by a name without a year, taken for the latest that can be"
        case .nameAlone: "by a name that nothing else bears out"
        case .copiedDate: "by a file’s date that many share"
        case .unsetClock: "from before 2000, by a clock that was not set, it seems"
        }
    }

    fileprivate var hint: String {
        switch self {
        case .yearAssumed, .unsetClock: "--start gives the first one’s time."
        case .nameAlone: "--start gives another one."
        case .copiedDate: "--start and --every give others."
        }
    }
}

extension TimeWitness {
    fileprivate var words: String {
        switch self {
        case .given: "your --start and --every"
        case .manifest: "manifest"
        case .name: "name"
        case .nameLocal: "name in local time"
        case .exif: "Exif"
        case .exifLocal: "Exif in local time"
        case .fileDate: "the file’s date"
        case .fileDateLocal: "the file’s date in local time"
        }
    }
}

extension Set<CameraName> {
    fileprivate var list: String { sorted().map(\.text).joined(separator: ", ") }
}

extension String {
    /// This text without the control characters that a file's name may have.
    fileprivate var onOneLine: String {
        String(unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : Character($0) })
    }
}
