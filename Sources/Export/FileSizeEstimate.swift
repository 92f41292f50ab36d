internal import Vocabulary

/// About how large an output becomes, from what its pictures take in the archive.
struct FileSizeEstimate: Sendable {
    /// `nil` for sheets, whose size follows from what they show.
    let bytes: ByteCount?

    /// Of H.264 at CRF 20 beside the JPEGs it is made of: a guess, for where nothing can be tried.
    static let videoShare = 0.3
    /// The record of one picture in the manifest, with its line of checksums.
    private static let record = 900
    private static let zipHeaders = 200
    private static let tarBlock = 512

    init(_ plan: ExportPlan, _ settings: VideoSettings) {
        let frames = plan.shown
        let pictures = frames.reduce(into: 0) { $0 += Int($1.bytes.bytes) } + frames.count * Self.record
        switch plan.format {
        case .folder: bytes = ByteCount(pictures)
        case .zip: bytes = ByteCount(pictures + frames.count * Self.zipHeaders)
        case .tar: bytes = ByteCount(pictures + frames.count * Self.tarBlock * 3 / 2)
        case .sheet, .gif, .webp: bytes = nil
        case .mp4, .mkv, .webm, .avi:
            bytes =
                settings.isLossless
                ? frames.reduce(.zero) { $0 + $1.bytes }
                : ByteCount(
                    Self.video(frames, at: plan.video?.sideBySide?.layout.cell ?? plan.size))
        }
    }

    /// Pictures of another size become so many more or fewer pixels.
    private static func video(_ frames: [ExportCandidate], at size: PixelSize?) -> Int {
        let area = Double(size?.area ?? 0)
        return Int(
            frames.reduce(0.0) { $0 + Double($1.bytes.bytes) * area / Double(max(1, $1.size.area)) } * videoShare)
    }
}
