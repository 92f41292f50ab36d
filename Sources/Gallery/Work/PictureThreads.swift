internal import Foundation
internal import Glibc
internal import Synchronization

/// A few threads of low priority on which pictures are decoded and encoded.
///
/// Nothing of that blocks the pool of Swift's tasks, on which a capture in the same process runs, and the kernel gives a capture
/// the processor first. What is most urgent is done first, and of equal things the newest: who scrolls on waits for what is in
/// sight.
final class PictureThreads: Sendable {
    /// In the order in which it is served.
    enum Urgency: Int, CaseIterable, Sendable {
        /// One picture that somebody waits for.
        case picture
        /// A part of a sheet.
        case sheet
        /// A part of a search.
        case search
    }

    /// - Parameter niceness: 0 to 19, as `nice` has it.
    init(_ count: Int = max(2, ProcessInfo.processInfo.activeProcessorCount), niceness: Int32) {
        bench = Bench()
        for number in 0..<count {
            let thread = Thread { [bench] in bench.work(niceness: niceness) }
            thread.name = "picture \(number)"
            thread.start()
        }
    }

    deinit { bench.close() }

    private let bench: Bench

    /// Does work on one of the threads. It is not begun where the task is cancelled before.
    func run<Value: Sendable>(
        _ urgency: Urgency, _ work: @Sendable @escaping () throws -> Value
    ) async throws -> Value {
        let id = bench.nextNumber()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
                bench.add(
                    Bench.Job(
                        id: id, work: { continuation.resume(with: Result { try work() }) },
                        leave: { continuation.resume(throwing: CancellationError()) }), urgency,
                    isCancelled: { Task.isCancelled })
            }
        } onCancel: {
            bench.cancel(id)
        }
    }
}

/// What is to be done.
private final class Bench: Sendable {
    struct Job: Sendable {
        let id: Int
        let work: @Sendable () -> Void
        let leave: @Sendable () -> Void
    }

    private struct State {
        var number = 0
        /// By urgency; the newest last.
        var waiting = [[Job]](repeating: [], count: PictureThreads.Urgency.allCases.count)
        var isOver = false

        mutating func next() -> Job? {
            for urgency in waiting.indices where !waiting[urgency].isEmpty { return waiting[urgency].removeLast() }
            return nil
        }
    }

    private let state = Mutex(State())
    private let wanted = NSCondition()

    func nextNumber() -> Int {
        state.withLock { state in
            state.number += 1
            return state.number
        }
    }

    func add(_ job: Job, _ urgency: PictureThreads.Urgency, isCancelled: () -> Bool) {
        // A task that was cancelled before is not found by `cancel`.
        let isTaken = state.withLock { state in
            guard !state.isOver, !isCancelled() else { return false }
            state.waiting[urgency.rawValue].append(job)
            return true
        }
        if isTaken { wake(all: false) } else { job.leave() }
    }

    func cancel(_ id: Int) {
        let job = state.withLock { state in
            for urgency in state.waiting.indices {
                if let place = state.waiting[urgency].firstIndex(where: { $0.id == id }) {
                    return state.waiting[urgency].remove(at: place) as Job?
                }
            }
            return nil
        }
        job?.leave()
    }

    func close() {
        let left = state.withLock { state in
            state.isOver = true
            defer { for urgency in state.waiting.indices { state.waiting[urgency] = [] } }
            return state.waiting.flatMap(\.self)
        }
        for job in left { job.leave() }
        wake(all: true)
    }

    private func wake(all: Bool) {
        wanted.lock()
        if all { wanted.broadcast() } else { wanted.signal() }
        wanted.unlock()
    }

    func work(niceness: Int32) {
        // On Linux this is the calling thread's alone.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
        while let job = next() { job.work() }
    }

    /// Waits for the next job; `nil` where there will be none.
    private func next() -> Job? {
        wanted.lock()
        defer { wanted.unlock() }
        while true {
            let (job, isOver) = state.withLock { ($0.next(), $0.isOver) }
            if job != nil || isOver { return job }
            wanted.wait()
        }
    }
}
