import Archive
import Capture
import Storage
import Synchronization
import Vocabulary

/// The alerts of one job: what is raised is first kept in the archive and then told, so that no restart tells it twice.
///
/// What opened, closed or happened is logged as well, also where nobody asked to be told: people look it up.
///
/// The job only decides and queues; writing and telling happen in ``run()``.
final class JobAlerts: Sendable {
    private struct Watches {
        /// Over what those who asked for it are told.
        var told: AlertWatch
        /// Over what is logged.
        var logged: AlertWatch
    }

    private enum Work {
        case tell(AlertChange)
        case log(AlertChange, at: Timestamp)
    }

    private let watches: Mutex<Watches>
    private let archive: FrameArchive
    private let delivery: Mutex<AlertDelivery>
    private let tell: @Sendable (MonitoringMessage) -> Void
    /// A camera changes its state no more than every few minutes, so this needs no limit.
    private let works: AsyncStream<Work>
    private let queue: AsyncStream<Work>.Continuation

    /// So many alerts wait to be told; a handler that takes its time must not fill the memory.
    static let waiting = 256

    /// - Throws: ``ArchiveError`` where the open alerts cannot be read.
    init(
        rules: AlertRules, archive: FrameArchive, delivery: AlertDelivery,
        tell: @escaping @Sendable (MonitoringMessage) -> Void
    ) throws(ArchiveError) {
        watches = Mutex(
            Watches(
                told: AlertWatch(rules: rules, open: try archive.openAlerts()),
                logged: AlertWatch(rules: rules, open: try archive.openInLog())))
        (works, queue) = AsyncStream.makeStream()
        self.delivery = Mutex(delivery)
        (self.archive, self.tell) = (archive, tell)
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

    /// What nobody is to be told is logged but not raised, and so is told to those who come later if it lasts.
    func observe(_ event: CaptureEvent, at now: Timestamp) {
        let isHeard = !delivery.withLock(\.handlers.isEmpty)
        // Queued under the lock, so that what is raised and closed stays in order.
        watches.withLock { watches in
            for change in watches.logged.changes(by: event, at: now) { queue.yield(.log(change, at: now)) }
            guard isHeard else { return }
            for change in watches.told.changes(by: event, at: now) { queue.yield(.tell(change)) }
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
            for await work in works {
                await keep(work)
                guard case .tell(.raise(let alert, _)) = work else { continue }
                if case .dropped = telling.yield(alert) { tell(.dropped(alert)) }
            }
            telling.finish()
        }
    }

    private func keep(_ work: Work) async {
        do throws(ArchiveError) {
            switch work {
            case .tell(.raise(_, let alert?)): try await archive.open(alert)
            case .tell(.raise(_, nil)): break
            case .tell(.close(let kind, let camera)):
                try await archive.closeAlert(kind: kind.rawValue, camera: camera)
            case .log(let change, let now): try await archive.log(LoggedAlert(change, at: now))
            }
        } catch {
            switch work {
            case .tell(let change): tell(.notKept(change.kind, reason: error))
            case .log(let change, _): tell(.notLogged(change.kind, reason: error))
            }
        }
    }
}

extension LoggedAlert {
    init(_ change: AlertChange, at now: Timestamp) {
        switch change {
        case .raise(let alert, let open):
            self.init(
                at: alert.at, kind: alert.kind.rawValue, change: open == nil ? .happened : .opened,
                cameras: alert.cameras, since: open?.since, message: alert.message, hint: alert.hint)
        case .close(let kind, let camera):
            self.init(
                at: now, kind: kind.rawValue, change: .closed, cameras: [camera].compactMap(\.self),
                message: kind.relief(of: camera))
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
