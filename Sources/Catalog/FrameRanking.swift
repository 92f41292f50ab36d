public import Archive

/// What frames are ranked by: a statistic of their luma, measured when they were captured.
public enum FrameRanking: String, CaseIterable, Sendable {
    /// Those that changed most against the camera's kept frame before come first: by the share of the picture that changed.
    case changed
    /// The darkest come first, and only dark ones are there: their mean luma is below 48 of 255.
    case dark
    /// The least sharp come first.
    case blurred

    /// The frame's place in the ranking: 0 to 100 percent that changed, its mean luma, or its sharpness of 255; `nil` where
    /// it has none and is not in the list.
    public func value(of frame: ArchivedFrame) -> Int? {
        switch self {
        case .changed: frame.changedPercent
        case .dark: frame.brightness.flatMap { $0 < Self.darkness ? $0 : nil }
        case .blurred: frame.sharpness
        }
    }

    /// The mean luma from which on a picture is not dark; the index of dark frames ends here.
    static let darkness = 48

    /// The values in the ranking's order.
    var levels: [Int] {
        switch self {
        case .changed: Array((0...100).reversed())
        case .dark: Array(0..<Self.darkness)
        case .blurred: Array(0...255)
        }
    }

    var column: String {
        switch self {
        case .changed: "frame.changed_percent"
        case .dark: "frame.brightness"
        case .blurred: "frame.sharpness"
        }
    }

    var index: String {
        switch self {
        case .changed: "frame_by_change"
        case .dark: "frame_by_brightness"
        case .blurred: "frame_by_sharpness"
        }
    }

    /// What a frame needs to be in the list; SQLite wants it in the words of the index.
    var condition: String {
        self == .dark ? "frame.brightness < \(Self.darkness)" : "\(column) IS NOT NULL"
    }

    /// Whether high values come first.
    var isDescending: Bool { self == .changed }
}
