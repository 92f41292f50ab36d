internal import Dispatch
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Calls that block, made by threads of their own, from which whoever waits can walk away.
final class BlockingCalls: Sendable {
    enum Outcome<Value: Sendable>: Sendable {
        case done(Value)
        /// The call had not returned in time. It may still do so, with nobody listening.
        case late
        case cancelled
    }

    /// So many calls may be under way, abandoned ones included: with a server that is away for good, threads would pile up.
    private static let most = 32

    private let queue = DispatchQueue(label: "printlapse.store", attributes: .concurrent)
    private let running = Mutex(0)

    func run<Value: Sendable>(
        within patience: Duration, _ body: @escaping @Sendable () -> Value
    ) async -> Outcome<Value> {
        let isPossible = running.withLock { running in
            guard running < Self.most else { return false }
            running += 1
            return true
        }
        guard isPossible else { return .late }
        let (outcomes, outcome) = AsyncStream<Outcome<Value>>.makeStream()
        queue.async {
            outcome.yield(.done(body()))
            outcome.finish()
            self.running.withLock { $0 -= 1 }
        }
        let end = MultiThreadedEventLoopGroup.singleton.next().scheduleTask(in: TimeAmount(patience)) {
            outcome.yield(.late)
            outcome.finish()
        }
        defer { end.cancel() }
        for await first in outcomes { return first }
        return .cancelled
    }
}
