internal import Dispatch
package import Testing

/// Of a test that reckons for seconds without a pause: it gets a thread of its own.
///
/// All others share as many threads as the machine has cores. Two such tests at once would hold up everything that waits for an
/// answer, until the product's own patience ends.
package struct OwnThread: TestTrait, SuiteTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await withTaskExecutorPreference(SerialThread()) { try await function() }
    }
}

extension Trait where Self == OwnThread {
    package static var ownThread: OwnThread { OwnThread() }
}

/// A serial queue of the system's, which has a thread for it whatever the others do.
private final class SerialThread: TaskExecutor {
    private let queue = DispatchQueue(label: "test")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
