import Export
import Vocabulary

/// What an export made, as JSON.
struct ExportedOutput: Encodable {
    private let output: String
    private let format: String
    private let files: Int
    private let frames: Int
    private let bytes: Int64
    private let leftOut: LeftOutFrames
    private let skipped: [SkippedFrame]
    private let undated: Int
    private let framesPerSecond: Double?
    private let duration: Double?
    private let width: Int?
    private let height: Int?
    private let poster: String?
    private let cameras: [String]
    private let tagged: Int
    private let durable: Bool
    private let keepsDates: Bool
    private let problem: String?

    init(_ result: ExportResult) {
        output = result.output
        format = result.format.rawValue
        files = result.files
        frames = result.frames
        bytes = result.bytes.bytes
        leftOut = result.leftOut
        skipped = result.skipped
        poster = result.poster
        (cameras, tagged) = (result.cameras.map(\.text), result.tagged)
        (durable, keepsDates) = (result.isDurable, result.keepsDates)
        undated = result.undated
        problem = result.problem?.description
        framesPerSecond = result.video?.rate.framesPerSecond
        width = result.sheet?.width ?? result.video?.size.width
        height = result.sheet?.height ?? result.video?.size.height
        duration = (result.video?.duration.milliseconds).map { Double($0) / 1000 }
    }

    private enum CodingKeys: String, CodingKey {
        case output, format, files, frames, bytes, skipped, undated, duration, width, height, poster
        case cameras, tagged, durable, problem
        case keepsDates = "dates_kept"
        case leftOut = "left_out"
        case framesPerSecond = "frames_per_second"
    }
}
