internal import NIOCore
internal import Vocabulary

/// The `manifest.json` that an export of ours leaves beside its pictures.
struct ExportedManifest: Sendable {
    /// What it says of one picture. The picture has it without a copy, and most pictures have none.
    final class Frame: Sendable {
        let camera: CameraName
        let capturedAt: Timestamp

        init(camera: CameraName, capturedAt: Timestamp) {
            (self.camera, self.capturedAt) = (camera, capturedAt)
        }
    }

    static let fileName = Array("manifest.json".utf8)

    /// By the name of the file.
    private let frames: [String: Frame]

    subscript(file: String) -> Frame? { frames[file] }

    /// The most that a manifest of so many pictures takes: ours have about 500 bytes for each.
    static func sizeLimit(pictures: Int) -> ByteCount {
        ByteCount((1 << 20).addingSaturating(pictures.multipliedSaturating(by: 4096)))
    }

    fileprivate init(frames: [String: Frame]) { self.frames = frames }
}

/// Reads a manifest piece by piece, in memory that grows with the pictures that it names alone.
struct ManifestReader {
    private var stream = JSONStream()
    private var frames: [String: ExportedManifest.Frame] = [:]
    /// The keys that lead to where the stream is; `nil` within an array.
    private var keys: [String?] = []
    private var format: String?
    private var record: [String: String] = [:]
    private var problem: JSONStream.Problem?
    private var seen = ByteCount.zero
    private let limit: ByteCount
    private var isTooLong = false
    private var cameras: [String: CameraName] = [:]

    /// - Parameter pictures: how many there are beside it.
    init(pictures: Int) { limit = ExportedManifest.sizeLimit(pictures: pictures) }

    /// - Returns: whether more is wanted.
    mutating func take(_ piece: ByteBuffer) -> Bool {
        seen += ByteCount(piece.readableBytes)
        guard seen <= limit else {
            isTooLong = true
            return false
        }
        do throws(JSONStream.Problem) {
            var stream = stream
            try stream.take(piece) { event throws(JSONStream.Problem) in meet(event) }
            self.stream = stream
            return true
        } catch {
            problem = error
            return false
        }
    }

    /// What was read; `nil` for another program's file of that name.
    ///
    /// - Throws: where it is ours and damaged, or is what no program writes.
    func manifest() throws(ZipProblem) -> ExportedManifest? {
        if isTooLong { throw Self.implausible("it is longer than a list of the pictures beside it can be (\(limit))") }
        switch problem {
        case .tooDeep: throw Self.implausible("it nests deeper than any list of pictures")
        case .textTooLong: throw Self.implausible("it has a text that no list of pictures has")
        case .malformed where format == Self.ownFormat:
            throw ZipProblem(label: "manifest_damaged", reason: "it is a manifest of an export, and damaged")
        case nil where format == Self.ownFormat && !stream.isComplete:
            throw ZipProblem(label: "manifest_damaged", reason: "it is a manifest of an export, and cut short")
        case .malformed, nil: break
        }
        return format == Self.ownFormat ? ExportedManifest(frames: frames) : nil
    }

    private static let ownFormat = "printlapse-export"

    private static func implausible(_ reason: String) -> ZipProblem {
        ZipProblem(label: "manifest_implausible", reason: reason)
    }

    private mutating func meet(_ event: JSONStream.Event) {
        switch event {
        case .beginsObject, .beginsArray: keys.append(nil)
        case .endsObject:
            keys.removeLast()
            if isInFrames { addRecord() }
        case .endsArray: keys.removeLast()
        case .key(let key): keys[keys.count - 1] = key
        case .text(let text):
            if keys == ["format"] { format = text }
            if keys.count == 3, keys[0] == "frames", keys[1] == nil, let key = keys[2],
                ["file", "camera", "captured_at"].contains(key)
            {
                record[key] = text
            }
        case .other: break
        }
    }

    /// Whether the stream is in the list of frames, between two of them.
    private var isInFrames: Bool { keys.count == 2 && keys[0] == "frames" && keys[1] == nil }

    private mutating func addRecord() {
        defer { record.removeAll(keepingCapacity: true) }
        guard let file = record["file"], let name = record["camera"], let time = record["captured_at"],
            let camera = camera(name),
            let instant = try? Timestamp(parsing: time, now: Timestamp(milliseconds: 0))
        else { return }
        frames[file] = ExportedManifest.Frame(camera: camera, capturedAt: instant)
    }

    /// One text for all frames of a camera.
    private mutating func camera(_ name: String) -> CameraName? {
        if let known = cameras[name] { return known }
        let camera = try? CameraName(name)
        if let camera, cameras.count < 10_000 { cameras[name] = camera }
        return camera
    }
}
