import Export
import Vocabulary

/// What an export would put into its output, as JSON and for a person.
struct PlannedOutput: Encodable {
    private let output: String
    private let format: String
    private let frames: Int
    private let first: PlannedFrame
    private let last: PlannedFrame
    private let leftOut: LeftOutFrames
    private let missing: Int
    private let framesPerSecond: Double?
    private let isVariable: Bool?
    private let duration: Double?
    private let chapters: Int?
    private let width: Int?
    private let height: Int?
    private let bytes: Int64?

    init(_ plan: ExportPlan) {
        (output, format, frames) = (plan.output, plan.format.rawValue, plan.frames)
        (first, last, leftOut) = (plan.first, plan.last, plan.leftOut)
        missing = plan.missing.count
        framesPerSecond = plan.video?.rate.framesPerSecond
        isVariable = plan.video?.isVariable
        duration = plan.video.map { Double($0.duration.milliseconds) / 1000 }
        chapters = plan.video?.chapters
        (width, height) = (plan.size?.width, plan.size?.height)
        bytes = plan.bytes?.bytes
    }

    private enum CodingKeys: String, CodingKey {
        case output, format, frames, first, last, missing, duration, chapters, width, height
        case leftOut = "left_out"
        case framesPerSecond = "frames_per_second"
        case isVariable = "variable_rate"
        case bytes = "estimated_bytes"
    }

    static func lines(_ plan: ExportPlan) -> [String] {
        var lines = ["\(plan.output): \(plan.frames.counted("frame"))"]
        func row(_ name: String, _ text: String) { lines.append("  " + name.padding(to: 10) + text) }
        row("First", "\(plan.first.capturedAt.localText), frame \(plan.first.frame) of \(plan.first.camera)")
        row("Last", "\(plan.last.capturedAt.localText), frame \(plan.last.frame) of \(plan.last.camera)")
        if plan.leftOut.count > 0 {
            row("Left out", "\(plan.leftOut.count.counted("frame")): \(plan.leftOut.phrase)")
        }
        if let first = plan.missing.first {
            let frames = plan.missing.count.counted("frame")
            row("Missing", "\(frames), the first of \(first.capturedAt.localText): still with their machine")
        }
        if let video = plan.video {
            let rate = video.isVariable ? "at the frames' own times" : "at \(video.rate) frames a second"
            let chapters = video.chapters > 0 ? ", \(video.chapters.counted("chapter"))" : ""
            row("Length", "\(video.duration.shortText) \(rate)\(chapters)")
        }
        if let size = plan.size { row("Size", "\(size) pixels") }
        if let bytes = plan.bytes { row("File", "about \(bytes)") }
        return lines
    }
}
