import Archive
import Budget
import HTTP
import Storage
import Tunnel
import Vocabulary

/// The allowances of all tunnels of a job: the decisions of an ``AccountBook``, beside the usage calls and the archive that feed
/// it.
actor Allowances {
    private let archive: FrameArchive
    private let clock: any JobClock
    private let tell: @Sendable (CaptureEvent) -> Void
    private var book: AccountBook
    private var tunnels: [CameraName: (client: TunnelClient, pulse: TunnelPulse)] = [:]

    /// So many usage calls are under way at the most, also where all accounts are due, as at the month's reset: each costs the
    /// server a password hash.
    static let atOnce = 16

    /// - Parameter declared: the accounts of cameras whose owner names them.
    init(
        declared: [CameraName: String], archive: FrameArchive, clock: any JobClock,
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        book = AccountBook(declared: declared)
        (self.archive, self.clock, self.tell) = (archive, clock, tell)
    }

    // MARK: - Members

    /// Takes a camera in, with what earlier runs left of its readings, and asks its server once, unless its account was asked just now.
    ///
    /// - Throws: ``ArchiveError`` where the readings cannot be read or kept.
    func join(_ camera: CameraSetup, client: TunnelClient, pulse: TunnelPulse) async throws(ArchiveError) {
        let policy = camera.policy
        let now = clock.now()
        var budget = Budget(stop: policy.capStop, ownersReserve: policy.ownersReserve)
        budget.replay(try archive.usageHistory(of: camera.name, since: now.startOfMonth, until: now), camera)
        tunnels[camera.name] = (client, pulse)
        book.join(camera.name, budget, pacedInterval: policy.isPaced ? policy.interval : nil, at: now)
        if let account = book.dueAccount(of: camera.name, at: now) { try await read(account) }
    }

    /// Lets a camera go.
    ///
    /// - Parameter readsOnceMore: whether the last camera of an account leaves with a reading, which tells what its captures
    ///   have cost.
    func leave(_ camera: CameraName, readsOnceMore: Bool) async throws(ArchiveError) {
        if readsOnceMore, book.isAlone(camera), let call = book.beginLastReading(of: camera, at: clock.now()) {
            try await make(call)
        }
        book.leave(camera)
        tunnels[camera] = nil
    }

    // MARK: - Spending

    /// Whether a slot's picture may be asked for at all: asked once a slot, before anything else.
    ///
    /// - Throws: ``BudgetError/capReached(until:reason:)``
    func begin(
        _ camera: CameraName, by route: FetchRoute, within share: Double?, isPrinting: Bool
    ) throws(BudgetError) {
        try book.begin(camera, by: route, within: share, isPrinting: isPrinting, at: clock.now())
    }

    /// Sets the bytes of one request aside before it is made.
    ///
    /// - Parameter amount: the most that it may bring; `nil` for a picture.
    /// - Throws: ``BudgetError/capReached(until:reason:)`` where they might pass the stop.
    func reserve(
        _ amount: ByteCount? = nil, for camera: CameraName, by route: FetchRoute, within share: Double? = nil
    ) throws(BudgetError) -> BudgetReservation? {
        try book.reserve(amount, for: camera, by: route, within: share, at: clock.now())
    }

    func settle(_ reservation: BudgetReservation, received bytes: ByteCount, of camera: CameraName) {
        book.settle(reservation, received: bytes, of: camera)
    }

    func serverRefusedOverCap(_ camera: CameraName, by route: FetchRoute) {
        book.serverRefusedOverCap(camera, by: route, at: clock.now())
        report(camera)
    }

    private func report(_ camera: CameraName) {
        guard let (cameras, report) = book.report(of: camera, at: clock.now()) else { return }
        tell(.allowance(cameras: cameras, report))
    }

    // MARK: - Readings

    /// Reads every account's usage every few minutes, and right after its reset, until the task is cancelled.
    func keepReading() async throws -> Never {
        while true {
            try await clock.sleep(until: book.nextLook(after: clock.now()))
            let due = book.dueAccounts(at: clock.now(), goodAnswers: goodAnswers)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, account) in due.enumerated() {
                    if index >= Self.atOnce { try await group.next() }
                    group.addTask { try await self.read(account) }
                }
                try await group.waitForAll()
            }
        }
    }

    private func read(_ account: Int) async throws(ArchiveError) {
        guard let call = book.beginReading(account, at: clock.now(), goodAnswers: goodAnswers) else { return }
        try await make(call)
    }

    private func make(_ call: AccountBook.Call) async throws(ArchiveError) {
        guard let client = tunnels[call.camera]?.client else { return }
        let reading: UsageReading
        do throws(TunnelError) {
            reading = try await cancelledByShutdown { [clock] () async throws(TunnelError) in
                try await client.usage(at: clock.now())
            }
        } catch {
            var generator = SystemRandomNumberGenerator()
            let failure = AccountBook.Failure(
                isRefusal: error.disposition == .askUser, retryAfter: error.retryAfter, label: error.label)
            let isNews = book.failed(
                call, failure, at: clock.now(), goodAnswers: goodAnswers, using: &generator)
            if isNews { tell(.usageUnknown(call.camera, reason: error.description)) }
            return
        }
        tell(.usage(call.camera, reading))
        let receipts = book.answered(call, reading, at: clock.now())
        report(call.camera)
        if let receipts { try await keep(reading, receipts, of: call.camera) }
    }

    private func goodAnswers(_ camera: CameraName) -> Int { tunnels[camera]?.pulse.goodAnswers ?? 0 }

    private func keep(
        _ reading: UsageReading, _ receipts: Receipts, of camera: CameraName
    ) async throws(ArchiveError) {
        do throws(ArchiveError) {
            try await archive.recordUsage(
                reading, camera: camera, received: receipts.received, proxied: receipts.proxied,
                captures: receipts.captures)
            book.kept(reading, of: camera)
        } catch {
            guard !error.disposition.endsJob else { throw error }
            book.notKept(receipts, of: camera)
        }
    }
}

extension Budget {
    /// Takes over what earlier runs left.
    fileprivate mutating func replay(_ history: UsageHistory, _ camera: CameraSetup) {
        replay(
            received: history.receivedEarlier, proxied: history.proxiedEarlier, captures: history.capturesEarlier)
        for record in history.records {
            replay(record.reading, received: record.received, proxied: record.proxied, captures: record.captures)
        }
        // Of what came since then the ledger does not say by which route: with live pictures it may all have been proxied.
        let takesLive = camera.source.takesLivePictures
        replay(
            received: history.receivedSince, proxied: takesLive ? history.receivedSince : .zero,
            captures: history.receivedSince > .zero ? 1 : 0)
    }
}
