internal import Archive
internal import Deduplication
internal import NIOCore
internal import Storage
internal import Validation
internal import Vocabulary

/// What reading one picture gave.
enum ReadPicture: Sendable {
    case refused(RefusedPicture)
    /// It is a frame already.
    case known
    case decoded(JudgedCamera.Held)
}

/// Reads a picture and checks it as a capture does. Any number are read at the same time.
struct PictureReader: Sendable {
    private let archive: FrameArchive?
    private let validator: FrameValidator
    private let limit: ByteCount
    /// Cameras that have frames in the time of the pictures.
    private let occupied: Set<CameraName>

    init(archive: FrameArchive?, settings: ImportSettings, occupied: Set<CameraName>) {
        (self.archive, self.occupied) = (archive, occupied)
        (validator, limit) = (FrameValidator(limits: settings.limits), settings.limits.bytes)
    }

    /// - Throws: ``ArchiveError`` where the archive cannot be asked.
    func read(_ item: ImportPlan.Item) throws(ArchiveError) -> ReadPicture {
        let content: ByteBuffer
        do { content = try item.picture.content(limit: limit) } catch {
            return .refused(RefusedPicture(item.picture.place, error))
        }
        // After an import that was cut short, hashing alone tells what need not be decoded again.
        if let archive, occupied.contains(item.camera),
            try archive.hasFrame(of: item.camera, at: item.time.instant, sha256: SHA256Digest(hashing: content))
        {
            return .known
        }
        do {
            let picture = try validator.examine(content)
            return .decoded(
                JudgedCamera.Held(
                    picture: picture,
                    origin: SnapshotOrigin(camera: item.camera, source: .imported, receivedAt: item.time.instant),
                    sha256: SHA256Digest(hashing: picture.bytes), place: item.picture.place))
        } catch {
            return .refused(RefusedPicture(item.picture.place, error))
        }
    }
}
