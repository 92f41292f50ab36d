internal import Archive
package import Catalog
package import Vocabulary

extension Catalog {
    /// The stretches of frames between which the archive's time leaps, in the order of the frames' numbers.
    ///
    /// - Parameter now: by this machine's clock.
    package func timeStretches(at now: Timestamp) async throws -> [TimeStretch] {
        try await read { try TimeStretches.all(at: now, in: $0) }
    }
}
