import Care
import Vocabulary

extension RetentionPlan {
    /// What would go and why, what stays all the same, and what is wanting.
    func lines(width: Int) -> [String] {
        var lines: [String] = []
        if entries.isEmpty {
            lines.append("Nothing has to go.")
        } else {
            var table = TextTable([
                .left("why"), TextTable.Column(title: "camera", isFlexible: true), .right("frames"), .right("bytes"),
                .left("from"), .left("until"),
            ])
            for entry in entries {
                table.add([
                    entry.reason.phrase, entry.camera.text, entry.frames.grouped, "\(entry.bytes)",
                    entry.from.localMinuteText, entry.until.localMinuteText,
                ])
            }
            lines += table.lines(width: width)
            lines += ["", "\(frames.counted("frame")), \(bytes) in all."]
        }
        let safe = RetentionGuard.allCases.compactMap { reason in
            spared[reason].map { "\($0.grouped) \(reason.phrase)" }
        }
        if !safe.isEmpty { lines.append("Safe although due: \(safe.joined(separator: ", ")).") }
        if shortfall > .zero { lines.append("That is \(shortfall) less than the policy asks for.") }
        return lines
    }
}

extension RetentionGuard {
    fileprivate var phrase: String {
        switch self {
        case .pinned: "pinned"
        case .noted: "with a note"
        case .newest: "the camera's newest"
        case .damaged: "damaged"
        }
    }
}

extension PruneResult {
    /// What went, in one line.
    var sentence: String {
        "Removed \(frames.counted("frame")), \(bytes) of pictures; the archive went from \(fileBefore) to \(fileAfter)."
    }
}
