internal import Archive
package import Catalog
internal import Storage

extension Catalog {
    /// Tells by a sample what a compaction would save, and changes nothing.
    ///
    /// - Parameters:
    ///   - sample: how many pictures to try, at most; they lie evenly in time.
    ///   - progress: called from the task that called this.
    package func estimateCompaction(
        _ selection: CompactionSelection = CompactionSelection(), sample: Int = 200,
        progress: (CompactionProgress) -> Void = { _ in }
    ) async throws -> CompactionReport {
        do {
            return try await CompactionEstimate(database: pool, path: path, selection: selection)
                .report(sample: sample, progress: progress)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ArchiveError(error, path: path)
        }
    }
}
