package import Archive
internal import GRDB

extension FrameArchive {
    /// Copies the write-ahead log into the archive's file as far as nobody stands in the way, beside the writer.
    package func copyLog() async throws(ArchiveError) { try await log.checkpoint(path: path) }

    /// Copies the write-ahead log into the archive's file and cuts the log's own file to nothing, without keeping a commit
    /// waiting.
    ///
    /// - Returns: whether the log's file is empty now; `false` where a reader or another writer stood in the way.
    package func shortenLog() async -> Bool {
        // What was not copied stays in the log: nothing is lost by a failure.
        do { return try await log.shorten() } catch { return false }
    }
}
