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

extension Listing<AlikeFrame> {
    /// Frames with their distance to one.
    static func alike(_ format: ListFormat) -> Self {
        frames(
            format, of: \.frame, leading: [Column(title: "distance", alignment: .right) { "\($0.distance)" }],
            csv: ["distance"]
        ) { ["\($0.distance)"] }
    }
}

extension Listing<ShownFrame> {
    /// Frames that cameras showed at an instant.
    static func shown(_ format: ListFormat) -> Self {
        frames(format, of: \.frame, csv: ["at", "certain", "gap"]) {
            ["\($0.instant)", "\($0.isCertain)", $0.gap?.outcome.rawValue]
        }
    }
}

extension Listing {
    /// Rows that are about a frame each.
    fileprivate static func frames(
        _ format: ListFormat, of frame: @escaping (Row) -> ArchivedFrame, leading: [Column] = [],
        csv keys: [String] = [], values: @escaping (Row) -> [String?] = { _ in [] }
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
            columns: leading + frameColumns + (leading.isEmpty ? measures : []) + belongings,
            csv: ArchivedFrame.csvKeys + keys,
            values: { frame($0).csvValues + values($0) })
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

    fileprivate static let csvKeys = [
        "id", "camera", "captured_at", "last_seen_at", "seen", "width", "height", "bytes", "sha256", "perceptual_hash",
        "print", "variant", "source", "excluded", "pinned", "taken_at", "progress", "printer_state", "prediction",
        "brightness", "sharpness", "change", "changed_percent", "note", "damaged_at", "suspect",
        "suspect_place",
    ]

    fileprivate var csvValues: [String?] {
        [
            "\(id)", camera.text, "\(capturedAt)", "\(lastSeenAt)", "\(seen)", "\(size.width)", "\(size.height)",
            "\(bytes.bytes)", "\(sha256)", "\(perceptualHash)", print.map(String.init), variant?.rawValue,
            source.rawValue, "\(excluded)", "\(pinned)", takenAt.map { "\($0)" }, progress.map { "\($0)" },
            printerState?.rawValue, prediction.map { "\($0)" }, brightness.map(String.init),
            sharpness.map(String.init), change.map(String.init), changedPercent.map(String.init), note,
            damagedAt.map { "\($0)" }, suspicion?.kind.rawValue, suspicion?.place,
        ]
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
