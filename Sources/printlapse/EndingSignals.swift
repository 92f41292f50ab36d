@preconcurrency import Dispatch
import Glibc
import Synchronization
import Vocabulary

/// What SIGTERM and SIGINT do to a program that has something to tidy up. A pure value.
struct EndingRule {
    enum Response: Hashable {
        /// Lets what is under way be ended in good order, within ``EndingSignals/limit``.
        case endInOrder
        /// Ends at once.
        case endNow
    }

    /// Pieces of work under way.
    private var works = 0
    private var wasSignalled = false

    mutating func workBegins() { works += 1 }
    mutating func workEnds() { works -= 1 }

    mutating func signalled() -> Response {
        defer { wasSignalled = true }
        return works > 0 && !wasSignalled ? .endInOrder : .endNow
    }
}

/// Sees to it that SIGTERM and SIGINT end the program: the first within a time, whatever it is at, a second one at once.
///
/// Work that is interrupted ends itself; this is for work that does not come to it, because it waits for a disk, a terminal that
/// was stopped, a pipe that nobody empties. Neither the tasks' threads nor any lock of ours is needed.
enum EndingSignals {
    /// A service manager that was asked to stop us waits for longer.
    static let limit = Duration.seconds(9)

    private static let rule = Mutex(EndingRule())
    private static let queue = DispatchQueue(label: "printlapse.signals")
    /// Watched from the first work to the program's end.
    private static let sources: [any DispatchSourceSignal] = [SIGTERM, SIGINT].map { number in
        #if canImport(Darwin)
            signal(number, SIG_IGN)  // kqueue(2) tells of signals beside whatever else becomes of them
        #endif
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler(handler: received)
        source.resume()
        return source
    }

    /// Calls for a clean end from now on, until ``workEnds()``.
    static func workBegins() {
        rule.withLock { $0.workBegins() }
        _ = sources
    }

    /// There is nothing to tidy up any more.
    static func workEnds() {
        rule.withLock { $0.workEnds() }
    }

    private static func received() {
        switch rule.withLock({ $0.signalled() }) {
        case .endNow: _exit(ExitStatus.interrupted.rawValue)
        case .endInOrder:
            queue.asyncAfter(deadline: .now() + .milliseconds(Int(limit.milliseconds))) {
                StandardError.write("printlapse: it did not come to an end by itself, and is ended.")
                StandardError.drain(within: .milliseconds(200))
                _exit(ExitStatus.interrupted.rawValue)
            }
        }
    }
}
