package import FoundationEssentials
package import Vocabulary

/// How a timelapse's file is called, such as `{camera} {local:%Y-%m-%d %H%M} {print}.mp4`.
///
/// `{camera}`, `{print}` (the print's name, or `print 12`), `{number}` (the archive's of the print), `{rule}`; `{local:FORM}` and
/// `{utc:FORM}`: when what it is of began. Names end as the export is to be; without an ending they get `.mp4`.
package struct TimelapseName: Hashable, Sendable {
    /// As it was given.
    package let text: String
    private let parts: [Part]

    private enum Part: Hashable {
        case text(String)
        case camera, print, number, rule
        case local(TimePattern)
        case utc(TimePattern)
    }

    package init(_ text: String) throws(TimelapseRuleError) {
        do throws(NameProblem) {
            // A slash at the end is a folder of pictures.
            let isFolder = text.hasSuffix("/")
            try self.init(
                text, parts: FieldTemplate(isFolder ? String(text.dropLast()) : text).pieces.map(Self.part))
        } catch {
            throw .name(text, reason: error.reason)
        }
    }

    private init(_ text: String, parts: [Part]) { (self.text, self.parts) = (text, parts) }

    /// What a rule's files are called that says nothing else. That of a rolling one stays the same, and the file is replaced.
    package static func standard(for occasion: TimelapseOccasion) -> TimelapseName {
        let text =
            switch occasion {
            case .afterPrint: "{camera} {local:%Y-%m-%d %H%M} {print}.mp4"
            case .every(.day, _): "{camera} {local:%Y-%m-%d}.mp4"
            case .every(.week, _): "{camera} week of {local:%Y-%m-%d}.mp4"
            case .every(.month, _): "{camera} {local:%Y-%m}.mp4"
            case .every(.year, _): "{camera} {local:%Y}.mp4"
            case .rolling: "{camera} {rule}.mp4"
            }
        do { return try TimelapseName(text) } catch { preconditionFailure("\(error)") }
    }

    /// Whether files of every two timelapses of a rule may be called alike.
    package func mixes(_ occasion: TimelapseOccasion) -> Bool {
        if case .rolling = occasion { return false }
        return !parts.contains { part in
            switch part {
            case .text, .camera, .rule: false
            case .print, .number, .local, .utc: true
            }
        }
    }

    /// The file's name, which every file system takes.
    package func name(
        rule: String, camera: CameraName, since: Timestamp, print: (number: Int64, name: String?)?,
        in timeZone: TimeZone
    ) -> String {
        let text = parts.map { part in
            switch part {
            case .text(let text): text
            case .camera: camera.text
            case .print: print.map { $0.name.map(Self.plain) ?? "print \($0.number)" } ?? ""
            case .number: print.map { "\($0.number)" } ?? ""
            case .rule: rule
            case .local(let pattern): pattern.text(of: since, offset: timeZone.offset(at: since))
            case .utc(let pattern): pattern.text(of: since, offset: 0)
            }
        }.joined()
        let ending = self.text.hasSuffix("/") ? nil : Self.ending(of: self.text)
        guard let ending, text.hasSuffix(ending) else {
            return PortableName(readable: text).text + (self.text.hasSuffix("/") ? "/" : ".mp4")
        }
        let stem = PortableName(readable: String(text.dropLast(ending.count)))
        return stem.text + ending
    }

    /// A print is often named after its file.
    private static func plain(_ print: String) -> String {
        for ending in [".gcode", ".gco", ".bgcode", ".g", ".3mf"] where print.lowercased().hasSuffix(ending) {
            let name = print.dropLast(ending.count)
            return name.isEmpty ? print : String(name)
        }
        return print
    }

    /// `.mp4`; only what looks like one: “0.2 mm” is none.
    private static func ending(of text: String) -> String? {
        guard let dot = text.lastIndex(of: ".") else { return nil }
        let ending = text[text.index(after: dot)...]
        return (2...4).contains(ending.count) && ending.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            && ending.contains { $0.isLetter } ? "." + ending : nil
    }

    private static func part(_ piece: FieldTemplate.Piece) throws(NameProblem) -> Part {
        switch piece {
        case .text(let text): return .text(text)
        case .field("camera", nil, _): return .camera
        case .field("print", nil, _): return .print
        case .field("number", nil, _): return .number
        case .field("rule", nil, _): return .rule
        case .field("local", let format, _): return .local(try TimePattern((format ?? "")[...]))
        case .field("utc", let format, _): return .utc(try TimePattern((format ?? "")[...]))
        case .field(_, _, let whole):
            throw NameProblem(
                "there is no field {\(whole)}, but {camera}, {print}, {number}, {rule}, {local:%Y-%m-%d} and {utc:%Y-%m-%d}"
            )
        }
    }
}
