public import FoundationEssentials

/// What kind of sheet, and how it is laid out.
public struct SheetOptions: Hashable, Sendable {
    public var kind = SheetKind.contact
    /// Pictures side by side on a contact sheet, 1 or more; `nil`: as many as make a good page.
    public var columns: Int?
    /// Which column of each picture a keogram takes: 0 is the leftmost, 1 the rightmost.
    public var slit = 0.5
    /// Whose clocks the labels show.
    public var timeZone = TimeZone.current

    public init() {}
}

/// A picture made of many frames.
public enum SheetKind: String, CaseIterable, Hashable, Sendable {
    /// Small pictures side by side, with their times.
    case contact
    /// One column of each frame, side by side: time runs to the right.
    case keogram
    /// The mean light of all frames.
    case average
    /// At each place the brightest that any frame shows there.
    case brightest
    /// The first and the last frame.
    case beforeAfter = "before-after"

    /// What stands in a sheet's corner.
    var title: String {
        switch self {
        case .contact: "Contact sheet"
        case .keogram: "Keogram"
        case .average: "Average"
        case .brightest: "Brightest"
        case .beforeAfter: "Before and after"
        }
    }
}
