@preconcurrency import Dispatch
import Glibc
import Synchronization
import Vocabulary

/// Takes SIGTERM and SIGINT for the whole program, and alone: the first is told to the work under way, which then ends itself, and
/// ends the program after a time, whatever it is at; a second one ends it at once.
///
/// The time is for work that does not come to its end, because it waits for a disk, a terminal that was stopped, a pipe that
/// nobody empties. Neither the tasks' threads nor any lock of ours is needed for it.
enum EndingSignals {
    /// A service manager that was asked to stop us waits for longer.
    static let limit = Duration.seconds(9)

    private struct State {
        var rule = EndingRule()
        var works: [Int: @Sendable () -> Void] = [:]
        var begun = 0
    }

    private static let state = Mutex(State())
    private static let queue = DispatchQueue(label: "printlapse.signals")
    /// Work may be told of a signal by code that waits for what it is itself waiting for.
    private static let telling = DispatchQueue(label: "printlapse.interrupting")
    /// Watched from the first work to the program's end.
    private static let sources: [any DispatchSourceSignal] = [SIGTERM, SIGINT].map { number in
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        let isWatched = DispatchSemaphore(value: 0)
        source.setEventHandler(handler: received)
        source.setRegistrationHandler { isWatched.signal() }
        source.resume()
        isWatched.wait()  // until then a signal would end the program, with whatever is half done
        return source
    }

    /// Work that a signal interrupts.
    final class Work: Sendable {
        private let number: Int

        fileprivate init(number: Int) { self.number = number }

        deinit {
            _ = EndingSignals.state.withLock { $0.works.removeValue(forKey: number) }
        }
    }

    /// Calls for a clean end from now on, until the returned work is let go.
    ///
    /// - Parameter interrupt: is called at the first signal, soon and once, on a thread of its own.
    static func workBegins(interrupt: @escaping @Sendable () -> Void) -> Work {
        _ = sources
        let (work, isLate) = state.withLock { state in
            state.begun += 1
            state.works[state.begun] = interrupt
            state.rule.workBegins()
            return (Work(number: state.begun), state.rule.wasSignalled)
        }
        if isLate { telling.async(execute: interrupt) }
        return work
    }

    private static func received() {
        let (response, works) = state.withLock { state in (state.rule.signalled(), Array(state.works.values)) }
        guard response == .endInOrder else { _exit(ExitStatus.interrupted.rawValue) }
        queue.asyncAfter(deadline: .now() + .milliseconds(Int(limit.milliseconds))) {
            StandardError.write("printlapse: it did not come to an end by itself, and is ended.")
            StandardError.drain(within: .milliseconds(200))
            _exit(ExitStatus.interrupted.rawValue)
        }
        for interrupt in works { telling.async(execute: interrupt) }
    }
}
