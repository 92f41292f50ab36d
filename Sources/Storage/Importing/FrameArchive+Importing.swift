package import Archive
package import Deduplication
internal import GRDB
package import Vocabulary

extension FrameArchive {
    /// Keeps pictures that other tools took, in one transaction, each in its place in time.
    ///
    /// They are no captures: they have no slot, and the ledger does not speak of them. The same picture of the same camera and
    /// instant is one frame, however often it is imported. A picture with the same bytes as the camera's frame before it in time
    /// is that frame, seen later.
    ///
    /// - Returns: what became of each, once all are on disk.
    package func take(_ pictures: [ImportedPicture]) async throws(ArchiveError) -> [ImportOutcome] {
        try await takeStep(pictures).outcomes
    }

    /// The same as one step of long work. Returns also how long its transaction took.
    package func takeStep(
        _ pictures: [ImportedPicture]
    ) async throws(ArchiveError) -> (outcomes: [ImportOutcome], time: StepTime) {
        try await commitStep { [store = self.pictures] database in
            try pictures.map { try ImportStorage.take($0, into: store, database) }
        }
    }

    /// What would become of a picture, as far as what is in the archive says; `nil` where it does not.
    package func foresee(_ picture: ImportedPicture) throws(ArchiveError) -> ImportOutcome? {
        try read { try ImportStorage.foresee(picture, in: $0) }
    }

    /// The camera's frame at an instant: the newest captured then or before.
    package func lastKept(of camera: CameraName, by instant: Timestamp) throws(ArchiveError) -> LastKept? {
        try read { database in
            try CameraTable.id(of: camera, in: database).flatMap {
                try FrameTable.last(of: $0, by: instant, in: database)
            }
        }.map { LastKept(frame: $0.id, sha256: $0.sha256, capturedAt: $0.capturedAt, luma: nil) }
    }

    /// Whether the camera has a frame captured in this range.
    package func hasFrames(of camera: CameraName, in range: ClosedRange<Timestamp>) throws(ArchiveError) -> Bool {
        guard let last = try lastKept(of: camera, by: range.upperBound) else { return false }
        return last.capturedAt >= range.lowerBound
    }

    /// Whether this picture of this camera and instant is a frame.
    package func hasFrame(of camera: CameraName, at instant: Timestamp, sha256: SHA256Digest) throws(ArchiveError)
        -> Bool
    {
        try read { database in
            guard let id = try CameraTable.id(of: camera, in: database) else { return false }
            return try FrameTable.frame(camera: id, at: instant, sha256: sha256, in: database) != nil
        }
    }
}
