internal import FoundationEssentials
internal import NIOCore
internal import Vocabulary

/// The `manifest.json` that an export of ours leaves beside its pictures.
struct ExportedManifest: Sendable {
    /// What it says of one picture.
    struct Frame: Hashable, Sendable {
        let camera: CameraName
        let capturedAt: Timestamp
    }

    static let fileName = "manifest.json"
    /// A million frames take about 500 bytes each.
    static let sizeLimit = ByteCount(1 << 30)

    /// By the name of the file.
    private let frames: [String: Frame]

    /// `nil` where this is another program's manifest, or a damaged one.
    init?(_ content: ByteBuffer) {
        guard let written = try? JSONDecoder().decode(Written.self, from: Data(content.readableBytesView)),
            written.format == "printlapse-export"
        else { return nil }
        var frames: [String: Frame] = [:]
        for frame in written.frames {
            guard let camera = try? CameraName(frame.camera),
                let instant = try? Timestamp(parsing: frame.capturedAt, now: Timestamp(milliseconds: 0))
            else { continue }
            frames[frame.file] = Frame(camera: camera, capturedAt: instant)
        }
        self.frames = frames
    }

    subscript(file: String) -> Frame? { frames[file] }

    private struct Written: Decodable {
        struct Frame: Decodable {
            let file: String
            let camera: String
            let capturedAt: String

            enum CodingKeys: String, CodingKey {
                case file, camera
                case capturedAt = "captured_at"
            }
        }

        let format: String
        let frames: [Frame]
    }
}
