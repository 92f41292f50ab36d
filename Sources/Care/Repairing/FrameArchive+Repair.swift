package import Archive
package import Storage

extension FrameArchive {
    /// Checks everything and puts right what can be put right without guessing, beside a running capture if need be.
    ///
    /// - A damaged or missing picture is replaced by a copy whose bytes hash to its digest and decode. Where there is none,
    ///   its frames are marked as damaged, and exports leave them out; its bytes stay as they are, and a later repair that
    ///   finds a good copy takes the mark away.
    /// - Reference counts, totals and indexes are derived from the frames, and are put right by them.
    /// - Contents that belong to no picture are removed.
    /// - A value that cannot be (an instant of another age, a size that no picture has) is replaced by what the rest of the
    ///   archive says, and told with what it was.
    ///
    /// Whatever can be true of frames and ledger is never changed. Each change is a short transaction of its own, but for an index
    /// that is made anew: a capture waits for it, about a second for two million frames.
    ///
    /// - Parameters:
    ///   - backups: the paths of archives to take good copies from, in this order; they are not changed.
    ///   - packs: reads the pictures that lie in packs; `nil` to pass over them.
    ///   - progress: called now and then while the pictures are read.
    /// - Throws: ``ArchiveError`` where a backup cannot be opened or nothing can be written; `CancellationError`.
    package func repair(
        from backups: [String] = [], packs: (any PackedPictures)? = nil, progress: (VerifyProgress) -> Void = { _ in }
    ) async throws -> RepairReport {
        var donors: [PictureDonor] = []
        for backup in backups { donors.append(try PictureDonor(path: backup, for: path)) }
        var repair = ArchiveRepair(archive: self, donors: donors, packs: packs)
        try await repair.run(progress)
        for donor in donors { try donor.close() }
        return repair.report
    }
}
