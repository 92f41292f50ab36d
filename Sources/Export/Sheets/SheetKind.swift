/// A picture made of many frames.
package enum SheetKind: String, CaseIterable, Hashable, Sendable {
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
