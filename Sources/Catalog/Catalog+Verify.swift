internal import GRDB

extension Catalog {
    /// Checks the whole archive, beside a running capture if need be.
    ///
    /// - Parameters:
    ///   - quick: leaves out reading, hashing and decoding the pictures.
    ///   - progress: called now and then from the task that called this.
    public func verify(
        quick: Bool = false, progress: (VerifyProgress) -> Void = { _ in }
    ) async throws -> VerifyReport {
        do {
            return try await ArchiveVerifier(database: pool, path: path).verify(quick: quick, progress: progress)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw ArchiveError(error, path: path)
        }
    }
}
