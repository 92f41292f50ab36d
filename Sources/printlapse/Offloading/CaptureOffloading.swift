import Archive
import Capture
import Packs
import Storage
import Stores
import Synchronization
import Vocabulary

/// Has older pictures moved to their store beside a capture, as the configuration says. Nothing in the capture waits for it: what it
/// changes in the archive it changes in steps of a few milliseconds, and a store that is away keeps nobody but it.
final class CaptureOffloading: Sendable {
    /// Moves what is due.
    typealias Work = @Sendable (OffloadOrders) async throws -> OffloadReport

    private struct State {
        var orders: OffloadOrders?
        var schedule: OffloadSchedule
        /// Why the last attempt failed, by the error's label.
        var trouble: String?
        /// Whether it ever worked: after a start an alert may be open since before.
        var hasWorked = false
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> Timestamp
    private let tell: @Sendable (CaptureEvent) -> Void
    private let work: Work
    private let pokes: AsyncStream<Void>
    private let poke: AsyncStream<Void>.Continuation

    init(
        _ orders: OffloadOrders?, now: @escaping @Sendable () -> Timestamp = { .wallClock },
        tell: @escaping @Sendable (CaptureEvent) -> Void, work: @escaping Work
    ) {
        state = Mutex(State(orders: orders, schedule: OffloadSchedule(start: now())))
        (self.now, self.tell, self.work) = (now, tell, work)
        (pokes, poke) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        poke.yield()
    }

    func change(to orders: OffloadOrders?) {
        let now = now()
        let isNew = state.withLock { state in
            guard state.orders != orders else { return false }
            state.orders = orders
            state.schedule = OffloadSchedule(start: now)
            return true
        }
        if isNew { poke.yield() }
    }

    func observe(_ event: CaptureEvent) {
        guard case .disk(let free) = event else { return }
        let now = now()
        let isShort = state.withLock { state in
            guard let wanted = state.orders?.keepFree, free < wanted else { return false }
            state.schedule.roomIsShort(at: now)
            return true
        }
        if isShort { poke.yield() }
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
            let (orders, rest) = state.withLock { ($0.orders, $0.schedule.rest(at: now())) }
            guard let orders else {
                state.withLock { $0.trouble = nil }
                tell(.offload(.off))
                continue
            }
            if rest == .zero { await move(orders) }
            let pause = state.withLock { $0.schedule.rest(at: now()) }
            timer = Task { [poke] in
                try await Task.sleep(for: max(.seconds(1), pause))
                poke.yield()
            }
        }
        timer?.cancel()
    }

    private func move(_ orders: OffloadOrders) async {
        let store = orders.location.description
        do {
            let report = try await work(orders)
            if report.isBesideAnother { tell(.offload(.besideAnother(store: store))) }
            if report.pictures > 0 {
                tell(.offload(.moved(pictures: report.pictures, bytes: report.bytes, store: store)))
            }
            let now = now()
            let isNews = state.withLock { state in
                state.schedule.worked(at: now)
                defer { (state.trouble, state.hasWorked) = (nil, true) }
                return state.trouble != nil || !state.hasWorked
            }
            if isNews { tell(.offload(.works(store: store))) }
        } catch is CancellationError {
        } catch StoreError.cancelled {
        } catch ArchiveError.inUse {
            state.withLock { $0.schedule.wasKeptOut(at: now()) }
        } catch {
            let explained = error as? any ExplainedError
            let label = explained?.label ?? "unknown"
            let now = now()
            let isNew = state.withLock { state in
                state.schedule.failed(at: now)
                defer { state.trouble = label }
                return state.trouble != label
            }
            guard isNew else { return }
            tell(
                .offload(
                    .failing(
                        store: store, reason: explained?.description ?? "\(error)",
                        hint: explained?.commandHint ?? "")))
        }
    }
}

extension FrameArchive {
    /// Moves what is due to a store, and has packs go that nothing needs where that is wanted.
    func offload(
        by orders: OffloadOrders, trusting caFile: String?, environment: [String: String], at now: Timestamp
    ) async throws -> OffloadReport {
        let open: @Sendable (String) throws(StoreError) -> any ObjectStore = { location throws(StoreError) in
            try StoreLocation(location).open(in: environment, trusting: caFile, atMost: orders.bandwidth)
        }
        let report = try await offload(orders.request, to: open(orders.location.description), at: now)
        if orders.cleans { _ = try await cleanPacks(at: now, open: open) }
        return report
    }
}
