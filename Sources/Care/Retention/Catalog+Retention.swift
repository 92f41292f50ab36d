internal import Archive
package import Catalog
internal import Storage
package import Vocabulary

extension Catalog {
    /// What a policy would remove from the archive at an instant, and why. Nothing is removed.
    package func retentionPlan(_ policy: RetentionPolicy, at now: Timestamp) async throws -> RetentionPlan {
        do {
            return try await RetentionPlanner(database: pool, path: path).plan(policy, at: now)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ArchiveError(error, path: path)
        }
    }
}
