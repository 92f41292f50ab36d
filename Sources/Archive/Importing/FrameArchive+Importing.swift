public import Deduplication
internal import GRDB
public import Vocabulary

extension FrameArchive {
    /// Keeps pictures that other tools took, in one transaction, each in its place in time.
    ///
    /// They are no captures: they have no slot, and the ledger does not speak of them. The same picture of the same camera and
    /// instant is one frame, however often it is imported. A picture with the same bytes as the camera's frame before it in time
    /// is that frame, seen later.
    ///
    /// - Returns: what became of each, once all are on disk.
    public func take(_ pictures: [ImportedPicture]) async throws(ArchiveError) -> [ImportOutcome] {
        try await changes.commit { database in
            try pictures.map { picture in
                switch picture {
                case .novel(let frame): try ImportStorage.take(frame, in: database)
                case .repeats(let sha256, let camera, let instant):
                    try ImportStorage.see(sha256, camera: camera, at: instant, in: database) ?? .known
                }
            }
        }
    }

    /// The camera's frame at an instant: the newest captured then or before.
    public func lastKept(of camera: CameraName, by instant: Timestamp) throws(ArchiveError) -> LastKept? {
        try read { database in
            guard let id = try CameraTable.id(of: camera, in: database) else { return nil }
            return try FrameTable.last(of: id, by: instant, in: database)
        }.map { LastKept(frame: $0.id, sha256: $0.sha256, capturedAt: $0.capturedAt, luma: nil) }
    }

    /// Whether the camera has a frame captured in this range.
    public func hasFrames(of camera: CameraName, in range: ClosedRange<Timestamp>) throws(ArchiveError) -> Bool {
        guard let last = try lastKept(of: camera, by: range.upperBound) else { return false }
        return last.capturedAt >= range.lowerBound
    }

    /// Whether this picture of this camera and instant is a frame.
    public func hasFrame(of camera: CameraName, at instant: Timestamp, sha256: SHA256Digest) throws(ArchiveError) -> Bool {
        try read { database in
            guard let id = try CameraTable.id(of: camera, in: database) else { return false }
            return try FrameTable.frame(camera: id, at: instant, sha256: sha256, in: database) != nil
        }
    }
}

/// What importing one picture changes, within a transaction.
enum ImportStorage {
    static func take(_ novel: NovelFrame, in database: Database) throws -> ImportOutcome {
        let (origin, sha256) = (novel.frame.origin, novel.fingerprint.sha256)
        let camera = try CameraTable.idOrNew(of: origin.camera, in: database)
        if try FrameTable.frame(camera: camera, at: origin.receivedAt, sha256: sha256, in: database) != nil {
            return .known
        }
        // A capture beside the import may just have kept it.
        if let seen = try see(sha256, camera: origin.camera, at: origin.receivedAt, in: database) { return seen }
        _ = try PictureTable.insert(novel.frame.bytes, sha256: sha256, into: database)
        let id = try FrameTable.insert(
            novel, FrameCircumstances(), camera: camera, print: nil, slot: nil, into: database)
        try FrameTotals.rollUpIfDue(after: id, in: database)
        return .stored(id)
    }

    /// Notes that the camera's frame before an instant was still shown then.
    ///
    /// Of what a frame was seen at, only the last instant is kept. One before it was counted, or lies between two that were.
    ///
    /// - Returns: `nil` where that frame is another picture.
    static func see(
        _ sha256: SHA256Digest, camera: CameraName, at instant: Timestamp, in database: Database
    ) throws -> ImportOutcome? {
        guard let camera = try CameraTable.id(of: camera, in: database),
            let last = try FrameTable.last(of: camera, by: instant, in: database), last.sha256 == sha256
        else { return nil }
        guard instant > last.lastSeenAt else { return .known }
        try FrameTable.see(last.id, at: instant, in: database)
        return .repeated
    }
}
