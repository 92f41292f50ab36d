internal import Archive
internal import GRDB
package import Storage
package import Vocabulary

extension MergeSource {
    /// Takes everything that this archive holds over into another: frames with their pictures, marks and notes, print jobs, the
    /// slot ledger and usage readings. Rejected bodies and open alerts stay where they are.
    ///
    /// A frame is the same one in both where camera, instant and picture are: so merging twice, or in another order, leaves the
    /// same frames. Cameras of one name are one camera, unless one is renamed. Of slots that both ledgers tell of, what is
    /// recorded there stands. Each picture is hashed again on its way, and one that is damaged is left out and named.
    ///
    /// - Parameters:
    ///   - archive: may have a capture running into it.
    ///   - names: what cameras of this archive are called there, where that differs.
    ///   - progress: called from this task with the number of frames that are dealt with, and of all.
    /// - Throws: ``ArchiveError`` about either archive, and `CancellationError`. What was merged by then stays, and merging again
    ///   goes on from there.
    package func merge(
        into archive: FrameArchive, calling names: [CameraName: CameraName] = [:],
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> MergeReport {
        var merge = ArchiveMerge(self, into: archive, isDryRun: false)
        try await merge.run(calling: names, progress: progress)
        return merge.report
    }

    /// Finds out which frames merging would add, and which it would leave out, and changes nothing.
    ///
    /// - Parameter archive: `nil` where there is none yet.
    package func foresee(
        into archive: FrameArchive?, calling names: [CameraName: CameraName] = [:],
        progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> MergeReport {
        var merge = ArchiveMerge(self, into: archive, isDryRun: true)
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
