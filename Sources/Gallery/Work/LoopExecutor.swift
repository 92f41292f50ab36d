internal import NIOCore

/// Has a task's functions run on an event loop's thread, where it goes on after each wait without waking another one.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }

    /// Waits by the loop's own clock.
    ///
    /// - Returns: `false` where the task is cancelled.
    func wait(_ duration: Duration) async -> Bool {
        let wake = loop.scheduleTask(in: TimeAmount(duration)) {}
        return await withTaskCancellationHandler {
            (try? await wake.futureResult.get()) != nil && !Task.isCancelled
        } onCancel: {
            wake.cancel()
        }
    }
}
