import Export
import Vocabulary

/// What a person should know about exports beside what they are, a line for each.
struct ExportNotes {
    let lines: [String]

    /// - Parameter outputs: how many were asked for.
    init(_ results: [ExportResult], outputs: Int) {
        var lines: [String] = []
        if results.count > outputs {
            let cameras = Set(results.flatMap(\.cameras)).count
            lines.append(
                "\(cameras.counted("camera")): one output for each. --camera takes one of them, --side-by-side shows them in one."
            )
        }
        for result in results {
            if result.tagged > 0 {
                let boxes = result.tagged == 1 ? "1 frame shows" : "\(result.tagged) frames show"
                lines.append(
                    "\(result.output): \(boxes) detection boxes, because no picture without them is near; --no-tagged leaves such frames out."
                )
            }
            if let video = result.video, video.isSlowed {
                lines.append(
                    "\(result.output): shown at \(video.rate) frames a second so that it lasts; --fps or --duration says otherwise."
                )
            }
            if let whole = result.video?.reducedFrom {
                lines.append(
                    "\(result.output): made smaller than the pictures' \(whole) so that it plays everywhere; --scale original keeps that."
                )
            }
            if !result.keepsDates {
                lines.append("\(result.output): this file system keeps no dates; the names and the manifest tell them.")
            }
            if !result.isDurable {
                lines.append(
                    "\(result.output): complete, but this file system does not say whether it would survive a loss of power."
                )
            }
        }
        self.lines = lines
    }
}
