internal import Vocabulary

/// The columns of `frame` in the table's order: the one description of a frame's row.
///
/// Whatever handles a whole row is made of it: lists, inserts, what values can be, the documentation of the table. A column
/// more is a case and its line here; the compiler then asks what a record has in it (`ArchivedFrame.value(of:)`), and a record
/// that has a property more asks to be read.
package enum FrameColumn: Int, RowColumn {
    case id, camera, capturedAt, takenAt, slotAt, lastSeenAt, seen, width, height, bytes, sha256, perceptualHash, print
    case variant, source, excluded, pinned, progress, printerState, prediction, brightness, sharpness, change
    case changedPercent, note, damagedAt, suspect, suspectPlace

    private var line: Line {
        switch self {
        case .id:
            Line("id", "the archive's number of the frame, in the order of storing; never used twice", .number(from: 1))
        case .camera: Line("camera_id", "its row in camera")
        case .capturedAt:
            Line("captured_at", "when the last byte arrived, by the capturing machine's clock", .instant)
        case .takenAt:
            Line(
                "taken_at", "when the picture was taken, by the server's clock, where it says so", .instant, .canBeNull)
        case .slotAt:
            Line(
                "slot_at", "the slot it was stored for; null for imports, or where the ledger already had an outcome",
                .instant, .canBeNull)
        case .lastSeenAt: Line("last_seen_at", "when the camera last showed this picture", .instantFrom("captured_at"))
        case .seen: Line("seen", "how many slots showed it", .number(from: 1))
        case .width: Line("width", "pixels", .within(1...65_535))
        case .height: Line("height", "pixels", .within(1...65_535))
        case .bytes: Line("bytes", "the picture's size as captured", .number(from: 1))
        case .sha256: Line("sha256", "SHA-256 of the picture as captured: its key in picture")
        case .perceptualHash:
            Line(
                "perceptual_hash",
                "the 64 bits of the difference hash, as a signed number; alike pictures differ in few")
        case .print: Line("print_id", "its row in print, where it belongs to one")
        case .variant: Line("variant", "\(PictureVariant.alternatives); null where the source knows no variants")
        case .source: Line("source", SnapshotSourceKind.alternatives)
        case .excluded: Line("excluded", "1: left out of exports", .within(0...1))
        case .pinned: Line("pinned", "1: never pruned", .within(0...1))
        case .progress: Line("progress", "0 to 1: how much of the print was done when it was captured")
        case .printerState: Line("printer_state", "the printer's state then, as in print.state")
        case .prediction: Line("prediction", "0 to 1: the server's failure detection then")
        case .brightness: Line("brightness", "0 black to 255 white, on average", .within(0...255), .canBeNull)
        case .sharpness:
            Line(
                "sharpness", "0 to 255, for comparing pictures of one scene; null without contrast", .within(0...255),
                .canBeNull)
        case .change:
            Line(
                "change",
                "0 to 510: the greatest change of a block against the kept frame before; 6 and less is noise",
                .within(0...510), .canBeNull)
        case .changedPercent:
            Line(
                "changed_percent", "0 to 100: how much of the picture changed against the kept frame before",
                .within(0...100), .canBeNull)
        case .note: Line("note", "the owner's")
        case .damagedAt:
            Line(
                "damaged_at", "when its picture was found damaged and could not be replaced; null where it is sound",
                .instant, .canBeNull)
        case .suspect:
            Line(
                "suspect",
                "why it may not be what the camera saw: seam, grey_foot, odd_scan; no_eoi: whole; null for nearly all")
        case .suspectPlace: Line("suspect_place", "where that shows")
        }
    }

    /// The lines by the cases' numbers: they are asked for with each row.
    private static let lines = allCases.map(\.line)

    /// In the table.
    package var name: String { Self.lines[rawValue].name }

    /// For people who ask the archive by SQL.
    var meaning: String { Self.lines[rawValue].meaning }

    /// What it can hold; `nil` where the schema's own checks say all there is to say.
    package var rule: ValueRule? {
        let line = Self.lines[rawValue]
        return line.values.map { ValueRule("frame", name, $0.condition(name, canBeNull: canBeNull)) }
    }

    /// Whether a value that cannot be is simply let go.
    package var canBeNull: Bool { Self.lines[rawValue].null == .canBeNull }

    /// Of a column with numbers in a range.
    var range: ClosedRange<Int>? {
        if case .within(let range) = Self.lines[rawValue].values { range } else { nil }
    }

    /// In a query of `frame` and `camera`: who reads a record wants the camera's name, not its number.
    private var selected: String { self == .camera ? "camera.name" : "frame.\(name)" }

    /// All of them, for ``ArchivedFrame/init(_:)``.
    static let selection = allCases.map(\.selected).joined(separator: ", ")

    private struct Line: Sendable {
        let name: String
        let meaning: String
        let values: Values?
        let null: Null

        init(_ name: String, _ meaning: String, _ values: Values? = nil, _ null: Null = .cannotBeNull) {
            (self.name, self.meaning, self.values, self.null) = (name, meaning, values, null)
        }
    }

    private enum Null { case canBeNull, cannotBeNull }

    /// What flips of bits in the file are told by.
    private enum Values {
        case number(from: Int64)
        case instant
        /// One that is not before that of another column.
        case instantFrom(String)
        case within(ClosedRange<Int>)

        func condition(_ column: String, canBeNull: Bool) -> String {
            let condition =
                switch self {
                case .number(let least): ValueRule.number(column, from: least)
                case .instant: ValueRule.isInstant(column)
                case .instantFrom(let other): "\(ValueRule.isInstant(column)) AND \(column) >= \(other)"
                case .within(let range): "\(column) BETWEEN \(range.lowerBound) AND \(range.upperBound)"
                }
            return canBeNull ? ValueRule.optional(column, condition) : condition
        }
    }
}

extension CaseIterable where Self: RawRepresentable<String> {
    /// All words, as a sentence has them: `raw, tagged or latest`.
    fileprivate static var alternatives: String {
        let words = allCases.map(\.rawValue)
        return words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    }
}
