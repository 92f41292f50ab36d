import Archive
import Capture
import Stores
import Synchronization
import Vocabulary

/// Does what a job has a store for beside its capture, again and again. Nothing in the capture waits for it: what it changes in the
/// archive it changes in steps of a few milliseconds, and a store that is away keeps nobody but it.
final class StoreTaskLoop<Orders: StoreOrders>: Sendable {
    /// Does what is due, and says what was done, in sentences.
    typealias Work = @Sendable (Orders) async throws -> [String]

    private struct State {
        var orders: Orders?
        var schedule: StoreSchedule?
        /// Why the last attempt failed, by the error's label.
        var trouble: String?
        /// Whether it ever worked: after a start an alert may be open since before.
        var hasWorked = false

        mutating func begin(_ orders: Orders?, at now: Timestamp) {
            self.orders = orders
            schedule = orders.map { StoreSchedule(every: $0.interval, start: now) }
        }
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> Timestamp
    private let tell: @Sendable (StoreNews) -> Void
    private let work: Work
    private let pokes: AsyncStream<Void>
    private let poke: AsyncStream<Void>.Continuation

    init(
        _ orders: Orders?, now: @escaping @Sendable () -> Timestamp = { .wallClock },
        tell: @escaping @Sendable (CaptureEvent) -> Void, work: @escaping Work
    ) {
        (self.now, self.work) = (now, work)
        self.tell = { tell(.store(Orders.task, $0)) }
        (pokes, poke) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        state.withLock { $0.begin(orders, at: now()) }
        poke.yield()
    }

    func change(to orders: Orders?) {
        let now = now()
        let isNew = state.withLock { state in
            guard state.orders != orders else { return false }
            state.begin(orders, at: now)
            return true
        }
        if isNew { poke.yield() }
    }

    func observe(_ event: CaptureEvent) {
        let now = now()
        let isUrgent = state.withLock { state in
            guard state.orders?.isUrgent(after: event) == true else { return false }
            state.schedule?.isUrgent(at: now)
            return true
        }
        if isUrgent { poke.yield() }
    }

    /// Works until a job has ended. What is on its way then is left off: it is done anew by the next job.
    func work<Value: Sendable>(beside job: @Sendable () async throws -> Value) async throws -> Value {
        try await beside(job, at: .background) { await self.run() }
    }

    private func run() async {
        var timer: Task<Void, any Error>?
        for await _ in pokes {
            timer?.cancel()
            guard !Task.isCancelled else { break }
            guard let (orders, rest) = next() else {
                state.withLock { $0.trouble = nil }
                tell(.off)
                continue
            }
            if rest == .zero { await attempt(orders) }
            let pause = next()?.rest ?? .zero
            timer = Task { [poke] in
                try await Task.sleep(for: max(.seconds(1), pause))
                poke.yield()
            }
        }
        timer?.cancel()
    }

    private func next() -> (orders: Orders, rest: Duration)? {
        let now = now()
        return state.withLock { state in
            guard let orders = state.orders, let schedule = state.schedule else { return nil }
            return (orders, schedule.rest(at: now))
        }
    }

    private func attempt(_ orders: Orders) async {
        let store = orders.location.description
        do {
            for sentence in try await work(orders) { tell(.done(sentence)) }
            let now = now()
            let isNews = state.withLock { state in
                state.schedule?.worked(at: now)
                defer { (state.trouble, state.hasWorked) = (nil, true) }
                return state.trouble != nil || !state.hasWorked
            }
            if isNews { tell(.works(store: store)) }
        } catch is CancellationError {
        } catch StoreError.cancelled {
        } catch ArchiveError.inUse {
            let now = now()
            state.withLock { $0.schedule?.wasKeptOut(at: now) }
        } catch {
            let explained = error as? any ExplainedError
            let label = explained?.label ?? "unknown"
            let now = now()
            let isNew = state.withLock { state in
                state.schedule?.failed(at: now)
                defer { state.trouble = label }
                return state.trouble != label
            }
            guard isNew else { return }
            tell(
                .failing(
                    store: store, reason: explained?.description ?? "\(error)", hint: explained?.commandHint ?? ""))
        }
    }
}
