internal import FoundationEssentials
internal import Vocabulary

/// How exported pictures are named: text with fields in braces, such as `{camera}_{utc:%Y%m%dT%H%M%SZ}_{n:06}`.
///
/// `{camera}` is the camera's name, made safe; `{n}` the frame's place in the export from 1, `{n:06}` with zeros in front;
/// `{id}` its number in the archive, also with a width; `{utc:FORM}` and `{local:FORM}` when it was captured, by the
/// directives of ``TimePattern``; `{print}` its print's number or `none`; `{sha256}` the frame's digest, `{sha256:8}` as many digits
/// of it. `{{` and `}}` are braces. Names end in `.jpg`, which is added where it is not there.
package struct NameTemplate: Hashable, Sendable {
    /// As it was given.
    package let text: String
    private let parts: [Part]

    private enum Part: Hashable {
        case text(String)
        case camera
        case number(width: Int)
        case id(width: Int)
        case utc(TimePattern)
        case local(TimePattern)
        case print
        case sha256(digits: Int)
    }

    /// Reads a template.
    ///
    /// - Throws: ``ExportError/unusableName(_:reason:)`` for a field that there is not, and for text that cannot stand in
    ///   the name of a file everywhere.
    package init(_ text: String) throws(ExportError) {
        self.text = text
        do throws(NameProblem) {
            parts = try Self.parts(of: text)
        } catch {
            throw .unusableName(text, reason: error.reason)
        }
    }

    /// Whether names have something of the pictures' digests.
    var hasDigest: Bool { parts.contains { if case .sha256 = $0 { true } else { false } } }

    /// A frame's name, `.jpg` included.
    ///
    /// - Parameter number: its place in the export, from 1.
    /// - Throws: ``ExportError/unusableName(_:reason:)`` where it cannot stand on its own.
    func name(of frame: NamedFrame, number: Int, timeZone: TimeZone) throws(ExportError) -> String {
        let stem = parts.map { part in
            switch part {
            case .text(let text): text
            case .camera: PortableName(frame.camera.text).text
            case .number(let width): number.padded(width)
            case .id(let width): Int(clamping: frame.id.number).padded(width)
            case .utc(let pattern): pattern.text(of: frame.capturedAt, offset: 0)
            case .local(let pattern):
                pattern.text(of: frame.capturedAt, offset: timeZone.offset(at: frame.capturedAt))
            case .print: frame.print.map(String.init) ?? "none"
            case .sha256(let digits): String((frame.sha256?.description ?? "").prefix(digits))
            }
        }.joined()
        let isWhole = [".jpg", ".jpeg"].contains { stem.lowercased().hasSuffix($0) }
        let name = isWhole ? stem : stem + ".jpg"
        if let first = name.first, ".-".contains(first) {
            throw .unusableName(text, reason: "frame \(frame.id)'s name begins with “\(first)”")
        }
        guard !PortableName.isDevice(name) else {
            throw .unusableName(text, reason: "frame \(frame.id)'s name “\(name.printable)” is a device's on Windows")
        }
        guard name.utf8.count <= 255 else {
            throw .unusableName(text, reason: "frame \(frame.id)'s name has more than 255 bytes")
        }
        return name
    }

    // MARK: - Parsing

    private static func parts(of text: String) throws(NameProblem) -> [Part] {
        try FieldTemplate(text).pieces.map { piece throws(NameProblem) in
            switch piece {
            case .text(let text): .text(text)
            case .field(let name, let format, let whole): try part(name, format, whole)
            }
        }
    }

    private static func part(_ name: String, _ format: String?, _ whole: String) throws(NameProblem) -> Part {
        func number(_ range: ClosedRange<Int>, otherwise standard: Int) throws(NameProblem) -> Int {
            guard let format else { return standard }
            guard let number = Int(format), range.contains(number) else {
                throw NameProblem("{\(whole)} takes a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        switch (name, format) {
        case ("camera", nil): return .camera
        case ("print", nil): return .print
        case ("n", _): return .number(width: try number(1...18, otherwise: 1))
        case ("id", _): return .id(width: try number(1...18, otherwise: 1))
        case ("sha256", _): return .sha256(digits: try number(1...64, otherwise: 64))
        case ("utc", let format): return .utc(try TimePattern((format ?? "")[...]))
        case ("local", let format): return .local(try TimePattern((format ?? "")[...]))
        default: throw NameProblem("there is no field {\(whole)}")
        }
    }
}
