import Catalog
import Vocabulary

extension Listing<ArchivedFrame> {
    /// Frames by time, or with the value that they are ranked by.
    static func frames(_ format: ListFormat, ranking: FrameRanking? = nil) -> Self {
        let value = ranking.map { ranking in
            Column(title: ranking.title, alignment: .right) { ranking.text(of: $0) }
        }
        return frames(format, of: \.self, leading: value.map { [$0] } ?? [])
    }
}

extension Listing<NearFrame> {
    /// Frames with their distance to one.
    static func near(_ format: ListFormat) -> Self {
        frames(format, of: \.frame, leading: [Column(title: "distance", alignment: .right) { "\($0.distance)" }])
    }
}

extension Listing<ShownFrame> {
    /// Frames that cameras showed at an instant.
    static func shown(_ format: ListFormat) -> Self {
        frames(format, of: \.frame)
    }
}

extension Listing {
    /// Rows that are about a frame each.
    fileprivate static func frames(
        _ format: ListFormat, of frame: @escaping (Row) -> ArchivedFrame, leading: [Column] = []
    ) -> Self {
        let frameColumns = [
            Column(title: "id", alignment: .right) { "\(frame($0).id)" },
            Column(title: "camera", isFlexible: true) { frame($0).camera.text },
            Column(title: "captured") { frame($0).capturedAt.localText },
        ]
        let measures = [
            Column(title: "size") { "\(frame($0).size)" },
            Column(title: "bytes", alignment: .right) { "\(frame($0).bytes)" },
            Column(title: "seen", alignment: .right) { frame($0).seen.grouped },
        ]
        let belongings = [
            Column(title: "print", alignment: .right) { frame($0).print.map(String.init) ?? "–" },
            Column(title: "marks", isFlexible: true) { frame($0).marks.joined(separator: ", ") },
        ]
        return Listing(
            format,
            // A terminal has room for the measures, or for what the list is about.
            columns: leading + frameColumns + (leading.isEmpty ? measures : []) + belongings)
    }
}

extension ArchivedFrame {
    /// What a person should know of a frame at a glance.
    var marks: [String] {
        [
            (damagedAt != nil, "damaged"), (suspicion?.kind.isDoubtful == true, "suspect"),
            (suspicion?.kind.isDoubtful == false, suspicion?.kind.rawValue ?? ""), (excluded, "excluded"),
            (pinned, "pinned"),
            (note != nil, "noted"),
        ].filter(\.0).map(\.1)
    }
}

extension FrameRanking {
    fileprivate var title: String {
        switch self {
        case .changed: "changed"
        case .dark: "light"
        case .blurred: "sharp"
        }
    }

    fileprivate func text(of frame: ArchivedFrame) -> String {
        guard let value = value(of: frame) else { return "–" }
        return self == .changed ? "\(value) %" : "\(value)"
    }
}
