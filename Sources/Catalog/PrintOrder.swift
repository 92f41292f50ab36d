internal import GRDB
internal import Vocabulary

/// The order of a list of prints.
public enum PrintOrder: String, CaseIterable, Sendable {
    /// By the archive's number, the last first.
    case newest
    case oldest
    /// By the time from its beginning to its end, or to its last frame as long as it has none.
    case longest
    /// By the number of frames.
    case frames
    /// By the bytes of the frames' pictures.
    case size
    /// By name, in capitals or not as far as ASCII goes; those without one last.
    case name
}

/// A print's place in a list, for asking for the page that begins after it.
///
/// It names the place and not the print. Its text is the value that the list is ordered by and the archive's number of the
/// print, `3600000/17`; by number it is that alone.
public struct PrintCursor: Hashable, Sendable {
    /// What a list in this order compares, as far as a cursor holds it; `nil` in a list by number.
    enum Rank: Hashable, Sendable {
        case number(Int64)
        case text(String)
    }

    let rank: Rank?
    let id: Int64

    /// The place of a print in a list of this order.
    public init(after print: ArchivedPrint, in order: PrintOrder) {
        id = print.id
        rank =
            switch order {
            case .newest, .oldest: nil
            case .longest: .number(print.lengthMilliseconds)
            case .frames: .number(Int64(print.frames))
            case .size: .number(print.bytes.bytes)
            case .name: .text(print.nameRank)
            }
    }

    public var description: String {
        switch rank {
        case nil: "\(id)"
        case .number(let number): "\(number)/\(id)"
        case .text(let text): "\(text)/\(id)"
        }
    }

    /// `nil` for any text that no cursor of a list in this order has.
    public init?(_ text: String, in order: PrintOrder) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let last = parts.last, let id = Int64(last), id > 0, "\(id)" == last else { return nil }
        let front = parts.dropLast().joined(separator: "/")
        self.id = id
        switch order {
        case .newest, .oldest:
            guard parts.count == 1 else { return nil }
            rank = nil
        case .longest, .frames, .size:
            guard parts.count == 2, let number = Int64(front), "\(number)" == front else { return nil }
            rank = .number(number)
        case .name:
            guard parts.count > 1 else { return nil }
            rank = .text(front)
        }
    }
}

extension ArchivedPrint {
    fileprivate var lengthMilliseconds: Int64 {
        let end = endedAt ?? lastCapturedAt ?? startedAt
        return end.milliseconds.subtractingSaturating(startedAt.milliseconds)
    }

    /// As ``PrintOrder/name`` has it in SQL: only so much that a cursor is short; prints whose names begin alike are in the order
    /// of their numbers.
    fileprivate var nameRank: String {
        guard let name else { return PrintOrder.lastName }
        let lower = name.unicodeScalars.prefix(PrintOrder.nameLength).map { scalar in
            (65...90).contains(scalar.value) ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar
        }
        return String(String.UnicodeScalarView(lower))
    }
}

extension PrintOrder {
    fileprivate static let nameLength = 64
    /// Comes after every name.
    fileprivate static let lastName = "\u{10FFFF}"

    /// What the list is ordered by before the number.
    private var rank: String? {
        switch self {
        case .newest, .oldest: nil
        case .longest:
            """
            coalesce(print.ended_at, (SELECT max(captured_at) FROM frame INDEXED BY frame_by_print WHERE print_id = print.id),
                print.started_at) - print.started_at
            """
        case .frames: ArchivedPrint.frameCount
        case .size: ArchivedPrint.byteCount
        case .name: "coalesce(substr(lower(print.name), 1, \(Self.nameLength)), char(1114111))"
        }
    }

    private var isDescending: Bool { self != .oldest && self != .name }

    /// As SQL has it.
    var terms: String {
        let direction = isDescending ? "DESC" : "ASC"
        return (rank.map { "(\($0)) \(direction), " } ?? "") + "print.id \(direction)"
    }

    /// The condition of a print's coming after a place: of a rank, which may be null, and a number.
    var place: String {
        let sign = isDescending ? "<" : ">"
        guard let rank else { return "(? IS NULL AND print.id \(sign) ?)" }
        return "((\(rank)), print.id) \(sign) (?, ?)"
    }
}

extension PrintCursor.Rank: DatabaseValueConvertible {
    var databaseValue: DatabaseValue {
        switch self {
        case .number(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }

    static func fromDatabaseValue(_ value: DatabaseValue) -> PrintCursor.Rank? {
        Int64.fromDatabaseValue(value).map { .number($0) } ?? String.fromDatabaseValue(value).map { .text($0) }
    }
}
