/// The options of an export that are not for every output, by their names on the command line.
///
/// This is the one place that says which option is for what: it refuses what would have no effect, it makes the help, and a
/// test holds every entry to what it says.
package enum ExportOption: String, CaseIterable, Hashable, Sendable {
    case frames, steady
    case sideBySide = "side-by-side"
    case preset = "for"
    case fps, duration
    case realTime = "real-time"
    case squeeze, constant
    case holdFirst = "hold-first"
    case holdLast = "hold-last"
    case deflicker, crop, rotate, flip, scale, fit, clock, progress, title, watermark
    case codec, encoder, crf, quality
    case maxSize = "max-size"
    case lossless, poster
    case name, exif, bag
    case sheet, columns, column

    /// The outputs on which it has an effect.
    package var kinds: Set<OutputKind> {
        switch self {
        // Before and after are the first frame and the last, whatever is between them.
        case .frames, .steady: Set(OutputKind.allCases).subtracting([.beforeAfter])
        case .sideBySide, .preset, .deflicker, .scale, .fit, .clock, .progress, .watermark: OutputKind.moving
        case .fps, .duration, .realTime, .squeeze, .constant, .holdFirst, .holdLast, .poster:
            OutputKind.moving.union([.lossless])
        case .maxSize: OutputKind.moving
        case .crop, .rotate, .flip: OutputKind.moving.union(OutputKind.sheets)
        case .title: OutputKind.moving.union(OutputKind.sheets).union([.lossless])
        case .codec, .encoder, .crf: [.video]
        case .quality: [.webp]
        case .lossless: [.lossless]
        case .name, .exif, .bag: [.pictures]
        case .sheet: OutputKind.sheets
        case .columns: [.contact]
        case .column: [.keogram]
        }
    }

    /// The outputs on which it has an effect, as a sentence has them.
    var outputs: String {
        let areSheets = kinds.isSuperset(of: OutputKind.sheets)
        let others = OutputKind.allCases.filter { kinds.contains($0) && !(areSheets && OutputKind.sheets.contains($0)) }
        return (others.map(\.phrase) + (areSheets ? ["sheets"] : [])).joined(separator: ", ")
    }

    /// As it is typed.
    package var flag: String { "--" + rawValue }

    /// The formats of a kind, as the help has them: `folder .zip .tar`.
    private static func endings(where isMeant: (ExportFormat) -> Bool) -> String {
        ExportFormat.allCases.filter(isMeant).map { $0.ending.isEmpty ? $0.rawValue : $0.ending }
            .joined(separator: " ")
    }

    /// Each row of options that are for the same outputs, as the help has them.
    package static var help: String {
        var rows: [(name: String, kinds: Set<OutputKind>)] = [
            ("all but before-after", Set(OutputKind.allCases).subtracting([.beforeAfter])),
            ("whatever moves", OutputKind.moving.union([.lossless])),
            ("… but lossless", OutputKind.moving),
            ("… and sheets", OutputKind.moving.union(OutputKind.sheets)),
            ("… and lossless", OutputKind.moving.union(OutputKind.sheets).union([.lossless])),
            (endings { !$0.codecs.isEmpty }, [.video]),
            (endings { $0 == .webp }, [.webp]),
            (endings(where: \.takesJPEGs), [.lossless]),
            (endings(where: \.holdsPictures), [.pictures]),
            ("sheets", OutputKind.sheets),
            ("contact sheets", [.contact]),
            ("keograms", [.keogram]),
        ]
        rows.removeAll { row in !allCases.contains { $0.kinds == row.kinds } }
        return rows.map { row in
            let flags = allCases.filter { $0.kinds == row.kinds }.map(\.flag)
            let indent = String(repeating: " ", count: 24)
            var lines = ["  " + row.name + String(repeating: " ", count: max(1, 22 - row.name.count))]
            for flag in flags {
                if lines[lines.count - 1].count + flag.count > 78 { lines.append(indent) }
                lines[lines.count - 1] += (lines[lines.count - 1].last == " " ? "" : " ") + flag
            }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
