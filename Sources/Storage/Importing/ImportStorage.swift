internal import Archive
internal import Deduplication
internal import GRDB
internal import NIOCore
internal import Validation
internal import Vocabulary

/// What importing one picture changes, within a transaction.
enum ImportStorage {
    static func take(
        _ picture: ImportedPicture, into pictures: ArchivePictures, _ database: Database
    ) throws -> ImportOutcome {
        switch picture {
        case .novel(let novel): try take(novel, into: pictures, database)
        case .repeats(let sha256, let camera, let instant):
            // Where a capture beside the import has kept another frame in the meantime, there is nothing to note.
            try see(sha256, camera: camera, at: instant, in: database) ?? .known
        }
    }

    private static func take(
        _ novel: NovelFrame, into pictures: ArchivePictures, _ database: Database
    ) throws -> ImportOutcome {
        if try isKnown(novel, in: database) { return .known }
        let (origin, sha256) = (novel.frame.origin, novel.fingerprint.sha256)
        // A capture beside the import may just have kept it.
        if let seen = try see(sha256, camera: origin.camera, at: origin.receivedAt, in: database) { return seen }
        let camera = try CameraTable.idOrNew(of: origin.camera, in: database)
        _ = try PictureTable.insert(novel.frame.bytes, sha256: sha256, into: pictures, database)
        let stored = try FrameTable.insert(
            novel, FrameCircumstances(), camera: camera, print: nil, slot: nil, into: database)
        try FrameTotals.rollUpIfDue(after: stored.id, in: database)
        return .stored
    }

    /// Notes that the camera's frame before an instant was still shown then.
    private static func see(
        _ sha256: SHA256Digest, camera: CameraName, at instant: Timestamp, in database: Database
    ) throws -> ImportOutcome? {
        guard let frame = try frame(of: camera, showing: sha256, by: instant, in: database) else { return nil }
        guard instant > frame.lastSeenAt else { return .known }
        try FrameTable.see(frame.id, at: instant, in: database)
        return .repeated
    }

    /// The same without changing anything; `nil` where it depends on pictures that are still to come.
    static func foresee(_ picture: ImportedPicture, in database: Database) throws -> ImportOutcome? {
        switch picture {
        case .novel(let novel): try isKnown(novel, in: database) ? .known : .stored
        case .repeats(let sha256, let camera, let instant):
            // Of the instants at which a frame was seen, only the last is kept: one before it was counted.
            try frame(of: camera, showing: sha256, by: instant, in: database)
                .map { instant > $0.lastSeenAt ? .repeated : .known }
        }
    }

    private static func isKnown(_ novel: NovelFrame, in database: Database) throws -> Bool {
        let origin = novel.frame.origin
        guard let camera = try CameraTable.id(of: origin.camera, in: database) else { return false }
        return try FrameTable.frame(
            camera: camera, at: origin.receivedAt, sha256: novel.fingerprint.sha256, in: database) != nil
    }

    /// The camera's frame at an instant, where it shows this picture.
    private static func frame(
        of camera: CameraName, showing sha256: SHA256Digest, by instant: Timestamp, in database: Database
    ) throws -> ArchivedFrame? {
        guard let camera = try CameraTable.id(of: camera, in: database),
            let last = try FrameTable.last(of: camera, by: instant, in: database), last.sha256 == sha256
        else { return nil }
        return last
    }
}
