import Export
import Vocabulary

/// What a person should know about exports beside what they are, a line for each.
struct ExportNotes {
    let lines: [String]

    /// - Parameters:
    ///   - outputs: how many were asked for.
    ///   - wantsNoTagged: whether pictures with detection boxes were unwanted: that they are left out is no news then.
    init(_ results: [ExportResult], outputs: Int, wantsNoTagged: Bool) {
        var lines: [String] = []
        if results.count > outputs {
            let cameras = Set(results.flatMap(\.cameras)).count
            lines.append(
                "\(cameras.counted("camera")): one output for each. --camera takes one of them, --side-by-side shows them in one."
            )
        }
        for result in results {
            if result.tagged > 0 {
                let boxes = result.tagged == 1 ? "1 frame shows" : "\(result.tagged.grouped) frames show"
                // Stored pictures are all wanted; in what is watched each is one for want of another.
                let reason = result.format.holdsPictures ? ";" : ", because no picture without them is near;"
                lines.append(
                    "\(result.output): \(boxes) detection boxes\(reason) --no-tagged leaves such frames out.")
            }
            if result.leftOut.tagged > 0, !wantsNoTagged {
                let those = result.leftOut.tagged == 1 ? "1 frame" : "\(result.leftOut.tagged.grouped) frames"
                lines.append(
                    "\(result.output): \(those) with detection boxes left out, because pictures without them are near."
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
