import Archive
import Budget
import HTTP
import Storage
import Tunnel
import Vocabulary

/// The allowances of all tunnels of a job, account by account: the budgets' decisions, beside the usage calls and the archive
/// that feed them.
///
/// A camera begins with an account of its own, unless its owner says otherwise. Accounts whose readings turn out to move
/// together become one, with one budget, one pace, and one usage call where there were several.
actor Allowances {
    private struct Account {
        var budget: Budget
        var pace = Pace()
        var members: Set<CameraName>
        var nextReading: Timestamp
    }

    private struct Member {
        let client: TunnelClient
        let pulse: TunnelPulse
        let policy: CapturePolicy
        var account: Int
        /// The account that turned out not to be its own: what it had reserved is still reserved there.
        var former: Int?
        /// What the last picture took by each route.
        var lastPicture: [FetchRoute: ByteCount] = [:]
        /// When its tunnel was asked last.
        var readAt: Timestamp?
        /// It is asked seldom while it fails.
        var backOff = BackOff()
        /// Where it refuses, how many good answers it had given by then: with the next one, to whatever question, it is asked again.
        var heardAtRefusal: Int?
        /// What was told of its failure.
        var told: String?
        /// The newest reading through it that the archive has.
        var kept: UsageReading?
        /// What was received before a reading that the archive had no room for: the next one that is kept accounts for it.
        var unkept = Receipts()
    }

    private let archive: FrameArchive
    private let clock: any JobClock
    private let tell: @Sendable (CaptureEvent) -> Void
    private var recognition: AccountRecognition
    private var accounts: [Int: Account] = [:]
    private var members: [CameraName: Member] = [:]
    private var nextAccount = 0

    /// Between two usage readings of an account.
    static let readingInterval = Duration.seconds(300)
    /// After a usage call that failed.
    static let retryInterval = Duration.seconds(30)
    /// Accounts whose readings are due within so much time are read at once.
    static let together = Duration.seconds(1)
    /// So many usage calls are under way at the most, also where all accounts are due, as at the month's reset: each costs the
    /// server a password hash.
    static let atOnce = 16
    /// Between two readings that are kept while nothing changes.
    static let quietInterval = Duration.seconds(3600)
    /// Before anything is known of a camera's pictures.
    static let firstExpected = ByteCount(256 * 1024)

    /// - Parameter declared: the accounts of cameras whose owner names them.
    init(
        declared: [CameraName: String], archive: FrameArchive, clock: any JobClock,
        tell: @escaping @Sendable (CaptureEvent) -> Void
    ) {
        recognition = AccountRecognition(declared: declared)
        (self.archive, self.clock, self.tell) = (archive, clock, tell)
    }

    // MARK: Members

    /// Takes a camera in, with what earlier runs left of its readings, and asks its server once, unless its account was asked just now.
    ///
    /// - Throws: ``ArchiveError`` where the readings cannot be read or kept.
    func join(_ camera: CameraSetup, client: TunnelClient, pulse: TunnelPulse) async throws(ArchiveError) {
        let policy = camera.policy
        let now = clock.now()
        var budget = Budget(stop: policy.capStop, ownersReserve: policy.ownersReserve)
        budget.replay(try archive.usageHistory(of: camera.name, since: now.startOfMonth, until: now), camera)

        let shared = recognition.account(of: camera.name).compactMap { members[$0]?.account }.first
        let account = shared ?? nextAccount
        nextAccount += 1
        members[camera.name] = Member(client: client, pulse: pulse, policy: policy, account: account)
        accounts[account, default: Account(budget: budget, members: [], nextReading: now)].members.insert(camera.name)
        if shared != nil { accounts[account]?.budget.absorb(budget) }
        if let next = accounts[account]?.nextReading, next <= now { try await read(account) }
    }

    /// Lets a camera go.
    ///
    /// - Parameter readsOnceMore: whether the last camera of an account leaves with a reading, which tells what its captures
    ///   have cost.
    func leave(_ camera: CameraName, readsOnceMore: Bool) async throws(ArchiveError) {
        guard let account = members[camera]?.account else { return }
        if readsOnceMore, accounts[account]?.members.count == 1 { try await read(account, through: camera) }
        guard let account = members.removeValue(forKey: camera)?.account else { return }
        accounts[account]?.members.remove(camera)
        accounts[account]?.pace.remove(camera)
        if accounts[account]?.members.isEmpty == true { accounts[account] = nil }
    }

    // MARK: Spending

    /// Whether a slot's picture may be asked for at all: asked once a slot, before anything else.
    ///
    /// - Throws: ``BudgetError/capReached(until:reason:)``
    func begin(
        _ camera: CameraName, by route: FetchRoute, within share: Double?, isPrinting: Bool
    ) throws(BudgetError) {
        guard let member = members[camera], member.policy.isPaced else { return }
        let slot = PacedSlot(
            camera: camera, interval: member.policy.interval, isPrinting: isPrinting,
            expected: member.lastPicture[route] ?? Self.firstExpected, route: route, within: share)
        let permission = withAccount(of: camera) { $0.pace.permission(for: slot, budget: $0.budget, at: clock.now()) }
        if case .refused(let until, let reason)? = permission { throw .capReached(until: until, reason: reason) }
    }

    /// Sets the bytes of one request aside before it is made.
    ///
    /// - Parameter amount: the most that it may bring; `nil` for a picture. Pictures of one camera vary little; twice the last
    ///   one leaves room for a busier scene.
    /// - Throws: ``BudgetError/capReached(until:reason:)`` where they might pass the stop.
    func reserve(
        _ amount: ByteCount? = nil, for camera: CameraName, by route: FetchRoute, within share: Double? = nil
    ) throws(BudgetError) -> BudgetReservation? {
        guard let member = members[camera], var account = accounts[member.account] else { return nil }
        defer { accounts[member.account] = account }
        return try account.budget.reserve(
            amount ?? member.lastPicture[route].map { $0 + $0 } ?? Self.firstExpected, by: route,
            for: amount == nil ? .picture : .question, within: share, at: clock.now())
    }

    func settle(_ reservation: BudgetReservation, received bytes: ByteCount, of camera: CameraName) {
        // One of them knows the reservation; to the other it is nothing.
        for account in [members[camera]?.account, members[camera]?.former].compactMap(\.self) {
            accounts[account]?.budget.settle(reservation, received: bytes)
        }
        guard bytes > .zero, reservation.purpose == .picture else { return }
        members[camera]?.lastPicture[reservation.route] = bytes
    }

    func serverRefusedOverCap(_ camera: CameraName, by route: FetchRoute) {
        withAccount(of: camera) { $0.budget.serverRefusedOverCap(by: route, at: clock.now()) }
        if let account = members[camera]?.account { report(account) }
    }

    @discardableResult
    private func withAccount<Value>(of camera: CameraName, _ body: (inout Account) -> Value) -> Value? {
        guard let account = members[camera]?.account else { return nil }
        return accounts[account].map { known in
            var known = known
            defer { accounts[account] = known }
            return body(&known)
        }
    }

    // MARK: Readings

    /// Reads every account's usage every few minutes, and right after its reset, until the task is cancelled.
    func keepReading() async throws -> Never {
        while true {
            let idle = clock.now() + Self.retryInterval
            try await clock.sleep(until: accounts.values.map(\.nextReading).min().map { min($0, idle) } ?? idle)
            // Those that are due in a moment are read along: totals that were read together can be compared.
            let soon = clock.now() + Self.together
            let due =
                accounts.values.contains { isDue($0, by: clock.now()) }
                ? accounts.filter { isDue($0.value, by: soon) }.map(\.key) : []
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, account) in due.enumerated() {
                    if index >= Self.atOnce { try await group.next() }
                    group.addTask { try await self.read(account) }
                }
                try await group.waitForAll()
            }
        }
    }

    /// Asks through one of the account's tunnels, each in turn: so a tunnel that is gone keeps nobody from knowing, and one that
    /// belongs to another account after all is found out.
    private func read(_ account: Int, through camera: CameraName? = nil) async throws(ArchiveError) {
        guard let known = accounts[account] else { return }
        let never = Timestamp(milliseconds: .min)
        let longestAgo = known.members.filter { !isLeftAlone($0, at: clock.now()) }.min {
            (members[$0]?.readAt ?? never, $0) < (members[$1]?.readAt ?? never, $1)
        }
        guard let camera = camera ?? longestAgo, let client = members[camera]?.client else { return }
        accounts[account]?.nextReading = clock.now() + Self.retryInterval
        members[camera]?.readAt = clock.now()

        let before = known.budget.received
        let reading: UsageReading
        do throws(TunnelError) {
            reading = try await cancelledByShutdown { [clock] () async throws(TunnelError) in
                try await client.usage(at: clock.now())
            }
        } catch {
            withAccount(of: camera) { $0.budget.recordFailedReading(at: clock.now()) }
            failed(camera, error)
            return
        }
        members[camera]?.backOff.succeeded()
        members[camera]?.heardAtRefusal = nil
        members[camera]?.told = nil
        tell(.usage(camera, reading))
        try await record(reading, of: camera, receivedBefore: members[camera]?.account == account ? before : nil)
    }

    /// A tunnel that was revoked is not asked every half minute for ever, nor told of every time.
    private func failed(_ camera: CameraName, _ error: TunnelError) {
        guard var member = members[camera] else { return }
        var generator = SystemRandomNumberGenerator()
        let isRefusal = error.disposition == .askUser
        member.backOff.failed(
            isRefusal ? .askUser : .wait(atLeast: error.retryAfter), at: clock.now(), using: &generator)
        member.heardAtRefusal = isRefusal ? member.pulse.goodAnswers : nil
        if member.told != error.label { tell(.usageUnknown(camera, reason: error.description)) }
        member.told = error.label
        members[camera] = member

        guard let known = accounts[member.account], known.members.allSatisfy({ isLeftAlone($0, at: clock.now()) })
        else { return }
        let earliest = known.members.compactMap { members[$0]?.backOff.resumesAt }.min() ?? clock.now()
        accounts[member.account]?.nextReading = max(earliest, clock.now() + Self.retryInterval)
    }

    private func isLeftAlone(_ camera: CameraName, at now: Timestamp) -> Bool {
        guard let member = members[camera] else { return true }
        return member.backOff.isWaiting(at: now) && !isBack(member)
    }

    /// Whether a tunnel that refused has given a good answer since.
    private func isBack(_ member: Member) -> Bool {
        member.heardAtRefusal.map { member.pulse.goodAnswers > $0 } ?? false
    }

    /// Whether an account is to be read: it is time, or a tunnel that refused is back.
    private func isDue(_ account: Account, by now: Timestamp) -> Bool {
        account.nextReading <= now || account.members.contains { members[$0].map(isBack) ?? false }
    }

    private func record(
        _ reading: UsageReading, of camera: CameraName, receivedBefore before: Receipts?
    ) async throws(ArchiveError) {
        let between = withAccount(of: camera) { account in
            account.nextReading = min(reading.readAt + Self.readingInterval, max(reading.resetAt, reading.readAt))
            return account.budget.record(reading, receivedBefore: before)
        }
        // Recognised after it was recorded: what came before the tunnels met is settled by then.
        if let change = recognition.record(reading, of: camera) { apply(change) }
        if let account = members[camera]?.account { report(account) }
        guard let between else { return }
        let receipts = between + (members[camera]?.unkept ?? Receipts())
        guard receipts.received > .zero || isNews(reading, of: camera) else { return }
        do throws(ArchiveError) {
            try await archive.recordUsage(
                reading, camera: camera, received: receipts.received, proxied: receipts.proxied,
                captures: receipts.captures)
            members[camera]?.kept = reading
            members[camera]?.unkept = Receipts()
        } catch {
            guard case .wait = error.disposition else { throw error }
            members[camera]?.unkept = receipts
        }
    }

    /// Whether a reading between which and the one before nothing was received is worth keeping: a month of quiet ones would
    /// be thousands.
    private func isNews(_ reading: UsageReading, of camera: CameraName) -> Bool {
        guard let kept = members[camera]?.kept else { return true }
        return kept.total != reading.total || kept.monthlyCap != reading.monthlyCap || kept.resetAt != reading.resetAt
            || reading.readAt - kept.readAt >= Self.quietInterval
    }

    private func apply(_ change: AccountChange) {
        switch change {
        case .joined(let some, let others):
            let indexes = Set((some + others).compactMap { members[$0]?.account }).sorted()
            // The stricter stop holds for all of them.
            guard let kept = indexes.min(by: { stopsAt($0) < stopsAt($1) }), var account = accounts[kept] else {
                return
            }
            for index in indexes where index != kept {
                guard let other = accounts.removeValue(forKey: index) else { continue }
                account.budget.absorb(other.budget)
                account.pace.absorb(other.pace)
                account.members.formUnion(other.members)
                account.nextReading = min(account.nextReading, other.nextReading)
                for member in other.members { members[member]?.account = kept }
            }
            accounts[kept] = account
        case .parted(let camera, _):
            guard
                let budget = withAccount(
                    of: camera,
                    { account in
                        account.members.remove(camera)
                        account.pace.remove(camera)
                        return account.budget.separated()
                    })
            else { return }
            members[camera]?.former = members[camera]?.account
            accounts[nextAccount] = Account(budget: budget, members: [camera], nextReading: clock.now())
            members[camera]?.account = nextAccount
            nextAccount += 1
        }
    }

    private func stopsAt(_ account: Int) -> ByteCount {
        accounts[account]?.budget.report(at: clock.now()).stopsAt ?? ByteCount(Int64.max)
    }

    private func report(_ account: Int) {
        guard let known = accounts[account] else { return }
        tell(.allowance(cameras: known.members.sorted(), known.budget.report(at: clock.now())))
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
