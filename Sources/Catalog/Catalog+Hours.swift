public import Vocabulary

extension Catalog {
    /// The hours that have frames, in order, of one camera or of all: totals that the archive keeps, and single frames only where
    /// the stretch cuts an hour.
    public func hours(
        camera: CameraName? = nil, since: Timestamp? = nil, until: Timestamp? = nil
    ) async throws -> [Statistics.Hour] {
        let range = LedgerRange(camera: camera, since: since, until: until)
        return try await read { try FrameRange(range, in: $0).hours($0) }
    }
}
