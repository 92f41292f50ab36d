import Archive
import Capture
import Storage
import Synchronization
import Vocabulary

/// The alerts of one job: what is raised is first kept in the archive and then told, so that no restart tells it twice.
///
/// The job only decides and queues; writing and telling happen in ``run()``.
final class AlertDesk: Sendable {
    private let watch: Mutex<AlertWatch>
    private let archive: FrameArchive
    private let delivery: Mutex<AlertDelivery>
    private let note: @Sendable (MonitoringNote) -> Void
    /// A camera changes its state no more than every few minutes, so this needs no limit.
    private let changes: AsyncStream<AlertChange>
    private let queue: AsyncStream<AlertChange>.Continuation

    /// So many alerts wait to be told; a handler that takes its time must not fill the memory.
    static let waiting = 256

    /// - Throws: ``ArchiveError`` where the open alerts cannot be read.
    init(
        rules: AlertRules, archive: FrameArchive, delivery: AlertDelivery,
        note: @escaping @Sendable (MonitoringNote) -> Void
    ) throws(ArchiveError) {
        watch = Mutex(AlertWatch(rules: rules, open: try archive.openAlerts()))
        (changes, queue) = AsyncStream.makeStream()
        self.delivery = Mutex(delivery)
        (self.archive, self.note) = (archive, note)
    }

    /// Tells these from now on.
    ///
    /// - Returns: whether they are others.
    func change(to handlers: [EventHandler]) -> Bool {
        delivery.withLock { delivery in
            defer { delivery.handlers = handlers }
            return delivery.handlers != handlers
        }
    }

    /// What nobody is to be told is not raised, and so is told to those who come later if it lasts.
    func note(_ event: CaptureEvent, at now: Timestamp) {
        guard !delivery.withLock(\.handlers.isEmpty) else { return }
        // Queued under the lock, so that what is raised and closed stays in order.
        watch.withLock { watch in
            for change in watch.changes(by: event, at: now) { queue.yield(change) }
        }
    }

    /// Lets ``run()`` return when all that was raised is told.
    func finish() { queue.finish() }

    /// Keeps and tells what is raised, until ``finish()`` or until the task is cancelled.
    func run() async {
        let (alerts, telling) = AsyncStream.makeStream(of: Alert.self, bufferingPolicy: .bufferingOldest(Self.waiting))
        await withTaskGroup { group in
            group.addTask {
                for await alert in alerts { await self.delivery.withLock(\.self).deliver(alert) }
            }
            for await change in changes {
                await keep(change)
                guard case .raise(let alert, _) = change else { continue }
                if case .dropped = telling.yield(alert) { note(.dropped(alert)) }
            }
            telling.finish()
        }
    }

    private func keep(_ change: AlertChange) async {
        do throws(ArchiveError) {
            switch change {
            case .raise(_, let alert?): try await archive.open(alert)
            case .raise(_, nil): break
            case .close(let kind, let camera): try await archive.closeAlert(kind: kind.rawValue, camera: camera)
            }
        } catch {
            note(.notKept(change.kind, reason: error))
        }
    }
}

extension AlertChange {
    fileprivate var kind: AlertKind {
        switch self {
        case .raise(let alert, _): alert.kind
        case .close(let kind, _): kind
        }
    }
}
