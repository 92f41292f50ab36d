import Capture
import Storage
import Synchronization
import Timelapses
import Vocabulary

/// What a job knows of the timelapses that it is to have made.
struct TimelapseOrders: Hashable, Sendable {
    var setups: [TimelapseSetup] = []
    /// For how long cameras go on after a print.
    var postRolls: [CameraName: Duration] = [:]

    /// For how long a print may seem over and go on.
    fileprivate var longestPatience: Duration {
        let waits = setups.map { setup in
            if case .afterPrint(let patience) = setup.rule.occasion { patience } else { Duration.zero }
        }
        return max(waits.max() ?? .zero, postRolls.values.max() ?? .zero)
    }
}

/// Has timelapses made beside a capture: by a process of its own, of the lowest priority, that is there only while one is due. So a
/// capture shares neither its threads nor its memory with a render, and is there still where the kernel ends one for want of memory.
final class CaptureTimelapses: Sendable {
    /// Makes what is due, and calls for each of which something became with its number.
    typealias Work = @Sendable (_ became: @escaping @Sendable (Int64) -> Void) async throws -> Void

    private struct State {
        var orders: TimelapseOrders
        var alarm = TimelapseAlarm()
    }

    private let state: Mutex<State>
    private let archive: FrameArchive
    private let now: @Sendable () -> Timestamp
    private let work: Work
    private let tell: @Sendable (CaptureEvent) -> Void
    private let pokes: AsyncStream<Void>
    private let poke: AsyncStream<Void>.Continuation

    init(
        _ orders: TimelapseOrders, archive: FrameArchive, now: @escaping @Sendable () -> Timestamp = { .wallClock },
        tell: @escaping @Sendable (CaptureEvent) -> Void, work: @escaping Work
    ) {
        var begun = State(orders: orders)
        // What ended shortly before may go on until then, and nobody tells that it did not.
        begun.alarm.printEnded(at: now(), patience: orders.longestPatience)
        state = Mutex(begun)
        (self.archive, self.now, self.tell, self.work) = (archive, now, tell, work)
        (pokes, poke) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        poke.yield()
    }

    func change(to orders: TimelapseOrders) {
        let isNew = state.withLock { state in
            defer { state.orders = orders }
            if state.orders != orders {
                state.alarm.rulesChanged()
                state.alarm.printEnded(at: now(), patience: orders.longestPatience)
            }
            return state.orders != orders
        }
        if isNew { poke.yield() }
    }

    func observe(_ event: CaptureEvent) {
        guard case .printEnded(let camera, _) = event else { return }
        let now = now()
        state.withLock { state in
            for case .afterPrint(let patience) in state.orders.setups.map(\.rule.occasion) {
                state.alarm.printEnded(at: now, patience: max(patience, state.orders.postRolls[camera] ?? .zero))
            }
        }
        poke.yield()
    }

    /// Works until a job has ended.
    func work<Value: Sendable>(beside job: @Sendable () async throws -> Value) async throws -> Value {
        try await beside(job, at: .utility) { await self.run() }
    }

    private func run() async {
        var timer: Task<Void, any Error>?
        for await _ in pokes {
            timer?.cancel()
            guard !Task.isCancelled else { break }
            let (orders, isDue) = state.withLock { ($0.orders, $0.alarm.isDue(at: now())) }
            // Without a rule nothing is due, until there is one.
            guard !orders.setups.isEmpty else { continue }
            if isDue { await look(orders) }
            let rest = state.withLock { $0.alarm.rest(at: now()) }
            timer = Task { [poke] in
                try await Task.sleep(for: max(.seconds(1), rest))
                poke.yield()
            }
        }
        timer?.cancel()
    }

    private func look(_ orders: TimelapseOrders) async {
        let begun = now()
        state.withLock { $0.alarm.looks() }
        do {
            try await work { id in
                guard let timelapse = try? self.archive.timelapse(id) else { return }
                self.tell(.timelapse(timelapse))
            }
        } catch is CancellationError {
            return
        } catch {
            tell(.timelapsesNotMade(reason: explanation(of: error)?.message ?? "\(error)"))
        }
        let rules = Set(orders.setups.map(\.rule.name))
        // What waits can be read, or is looked for in an hour.
        let waiting = (try? archive.unfinishedTimelapses()).map { TimelapseQueue($0, at: now()) }
        let next =
            orders.setups.compactMap { TimelapsePlanner($0.rule).nextInstant(after: begun) }
            + [waiting?.nextInstant(after: now() + Self.leastPause, of: rules)].compactMap(\.self)
        state.withLock { $0.alarm.looked(at: begun, next: next.min().map { max($0, begun + Self.leastPause) }) }
    }

    /// What could be made and was not, because the process that was to make it failed, is tried again no sooner.
    private static let leastPause = Duration.seconds(60)
}
