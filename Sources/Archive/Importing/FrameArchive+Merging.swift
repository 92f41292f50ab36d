internal import GRDB
public import Vocabulary

extension FrameArchive {
    /// Takes over everything that another archive holds: frames with their pictures, marks and notes, print jobs, the slot
    /// ledger and usage readings. Rejected bodies and open alerts stay where they are.
    ///
    /// A frame is the same one in both where camera, instant and picture are: so merging twice, or in another order, leaves the
    /// same frames. Cameras of one name are one camera, unless one is renamed. Of slots that both ledgers tell of, what is
    /// recorded here stands. Each picture is hashed again on its way, and one that is damaged is left out and named.
    ///
    /// - Parameters:
    ///   - names: what cameras of the other archive are called here, where that differs.
    ///   - isDryRun: finds out what would be new, and changes nothing.
    ///   - progress: called from this task with the number of frames that are dealt with, and of all.
    /// - Throws: ``ArchiveError``, also about the other archive, and `CancellationError`. What was merged by then stays, and
    ///   merging again goes on from there.
    public func merge(
        _ source: MergeSource, calling names: [CameraName: CameraName] = [:], isDryRun: Bool = false,
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> MergeReport {
        var merge = ArchiveMerge(archive: self, source: source, isDryRun: isDryRun)
        try await merge.run(calling: names, progress: progress)
        return merge.report
    }
}

extension CameraTable {
    /// How many frames a camera has.
    static func frames(of camera: CameraName, in database: Database) throws -> Int {
        try Int.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT count(*) FROM camera CROSS JOIN frame INDEXED BY frame_by_camera
                        ON frame.camera_id = camera.id WHERE camera.name = ?
                    """), arguments: [camera.text]) ?? 0
    }
}
