package import Archive
package import GRDB
internal import Synchronization
internal import Vocabulary

/// Cuts long work on the archive into transactions so short that a capture beside it hardly notices.
///
/// SQLite has one writer at a time, so a capture waits as long as the transaction of somebody else takes, and then for
/// its turn. How much fits into that time depends on the device and on what else it does: each step is measured, and
/// the next one sized by it.
package struct CareStep: Sendable {
    /// How long a transaction should take, syncing included, where somebody captures.
    package static let besideCapture = Duration.milliseconds(8)
    /// The same where nobody does: fewer syncs, and whoever begins to capture waits that long once.
    package static let alone = Duration.milliseconds(40)
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
    package mutating func measured(_ amount: Int, took time: StepTime) {
        guard amount > 0, time.duration > .zero else { return }
        let fitting = Double(amount) * (time.fitting / time.duration)
        let next = min(fitting, Double(size) * 1.5 + 1)
        size = Int(min(Double(range.upperBound), max(Double(range.lowerBound), next)))
    }
}

/// How long a step's transaction took, from the first statement until it was on disk, and how long it should have taken.
package struct StepTime: Sendable {
    package let duration: Duration
    package let fitting: Duration

    package init(_ duration: Duration, besideCapture: Bool) {
        self.duration = duration
        fitting = besideCapture ? CareStep.besideCapture : CareStep.alone
    }
}

extension FrameArchive {
    /// Makes a change as one step of long work, and then leaves the archive to others for a moment.
    ///
    /// - Returns: what the change returned, and how long that took.
    package func commitStep<Value: Sendable>(
        _ change: @escaping @Sendable (Database) throws -> Value
    ) async throws(ArchiveError) -> (Value, StepTime) {
        let (value, begun) = try await changes.commit { database in
            // Not before: waiting for another writer says nothing about this step.
            let begun = ContinuousClock.now
            return (try change(database), begun)
        }
        let duration = ContinuousClock.now - begun
        let isCaptured = isCaptured
        if isCaptured || isShortOfRoom { try await ArchiveError.wrapping(path) { try await log.catchUpIfDue() } }
        // Cut short where the task is cancelled, which whoever goes on from here asks for itself.
        try? await Task.sleep(for: CareStep.pause)
        return (value, StepTime(duration, besideCapture: isCaptured))
    }

    /// Whether long work has to do with little room: the log must not grow to its limit, and who removes does so in small steps, each
    /// of which has the log copied before the next adds to it.
    package var isShortOfRoom: Bool {
        ByteCount.free(besides: path).map { $0 < ByteCount(128 << 20) } ?? false
    }

    /// Whether somebody captures into the archive now.
    private var isCaptured: Bool {
        role == .capture || fileLock.withLock { $0?.isCapturedByOthers ?? false }
    }
}
