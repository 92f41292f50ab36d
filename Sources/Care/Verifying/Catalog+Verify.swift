internal import Archive
package import Catalog
internal import GRDB
internal import Storage

extension Catalog {
    /// Checks the archive, beside a running capture if need be.
    ///
    /// - Parameters:
    ///   - request: what to check; everything unless it says otherwise.
    ///   - journal: where to note how far the check has come, and to go on from there.
    ///   - progress: called now and then from the task that called this.
    /// - Throws: also ``VerifyJournalError`` where the journal cannot be gone on with.
    package func verify(
        _ request: VerifyRequest = VerifyRequest(), journal: VerifyJournal? = nil,
        progress: (VerifyProgress) -> Void = { _ in }
    ) async throws -> VerifyReport {
        do {
            return try await ArchiveVerifier(database: pool, path: path, packs: packs)
                .verify(request, journal: journal, progress: progress)
        } catch let error as VerifyJournalError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ArchiveError(error, path: path)
        }
    }
}
