package import Archive
package import GRDB

/// Cuts long work on the archive into transactions so short that a capture beside it hardly notices.
///
/// SQLite has one writer at a time, so a capture waits as long as the transaction of somebody else takes, and then for
/// its turn. How much fits into that time depends on the device and on what else it does: each step is measured, and
/// the next one sized by it.
package struct CareStep: Sendable {
    /// How long a transaction should take, syncing included.
    package static let duration = Duration.milliseconds(8)
    /// How long the archive is left to others between two transactions: a writer in waiting looks each millisecond.
    package static let pause = Duration.milliseconds(3)

    /// How much the next transaction should do: pages, frames or bytes.
    package private(set) var size: Int
    private let range: ClosedRange<Int>

    /// - Parameter range: what a step may come to, however slow or quick the device is. The first one is the smallest.
    package init(_ range: ClosedRange<Int>) {
        self.range = range
        size = range.lowerBound
    }

    /// Takes note of a transaction that did `amount`. A slow one shortens the next at once; a quick one lengthens it by half
    /// at most, for one quick sync says little about the next.
    package mutating func measured(_ amount: Int, took duration: Duration) {
        guard amount > 0, duration > .zero else { return }
        let fitting = Double(amount) * (Self.duration / duration)
        let next = min(fitting, Double(size) * 1.5 + 1)
        size = Int(min(Double(range.upperBound), max(Double(range.lowerBound), next)))
    }
}

extension FrameArchive {
    /// Makes a change as one step of long work, and then leaves the archive to others for a moment.
    ///
    /// - Returns: what the change returned, and how long its transaction took from the first statement until it was on disk.
    package func commitStep<Value: Sendable>(
        _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws(ArchiveError) -> (Value, Duration) {
        let (value, begun) = try await changes.commit { database in
            // Not before: waiting for another writer says nothing about this step.
            let begun = ContinuousClock.now
            return (try change(database), begun)
        }
        let duration = ContinuousClock.now - begun
        try await ArchiveError.wrapping(path) { try await log.catchUpIfDue() }
        // Cut short where the task is cancelled, which whoever goes on from here asks for itself.
        try? await Task.sleep(for: CareStep.pause)
        return (value, duration)
    }
}
