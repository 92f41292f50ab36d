import Synchronization

/// What is served beside a job as a setting says, and another way when that changes while the job runs.
package final class ChangingService<Setting: Hashable & Sendable>: Sendable {
    private let setting: Mutex<Setting?>
    private let changes: AsyncStream<Setting?>
    private let queue: AsyncStream<Setting?>.Continuation

    /// - Parameter setting: `nil` for nothing.
    package init(_ setting: Setting?) {
        self.setting = Mutex(setting)
        (changes, queue) = AsyncStream.makeStream()
    }

    /// As it was said last.
    package var current: Setting? { setting.withLock(\.self) }

    /// Has it served so from now on; where it is already, nothing is done.
    package func change(to new: Setting?) {
        let isNew = setting.withLock { setting in
            defer { setting = new }
            return setting != new
        }
        if isNew { queue.yield(new) }
    }

    /// Serves until the task is cancelled.
    ///
    /// - Parameters:
    ///   - first: what serves already.
    ///   - begin: what serves as a changed setting says, or nothing, when the one before has ended: both may want the same port.
    package func run(
        _ first: Task<Void, Never>?, begin: @Sendable (Setting?) async -> Task<Void, Never>?
    ) async {
        var serving = first
        for await setting in changes {
            await Self.end(serving)
            serving = await begin(setting)
        }
        await Self.end(serving)
    }

    private static func end(_ serving: Task<Void, Never>?) async {
        serving?.cancel()
        await serving?.value
    }
}
