package import Vocabulary

extension AccountBook {
    /// A usage call that is to be made.
    package struct Call: Sendable {
        /// Through its tunnel.
        package let camera: CameraName
        let account: Int
        /// What the account had received before.
        let received: Receipts
    }

    /// What becomes of a call that failed.
    package struct Failure: Sendable {
        /// Only the owner can mend it.
        package let isRefusal: Bool
        /// What the server asked for.
        package let retryAfter: Duration?
        /// A constant from a fixed set: the same one again is no news.
        package let label: String

        package init(isRefusal: Bool, retryAfter: Duration?, label: String) {
            (self.isRefusal, self.retryAfter, self.label) = (isRefusal, retryAfter, label)
        }
    }

    /// Between two usage readings of an account.
    package static let readingInterval = Duration.seconds(300)
    /// After a usage call that failed.
    package static let retryInterval = Duration.seconds(30)
    /// Accounts whose readings are due within so much time are read at once: totals that were read together can be compared.
    package static let together = Duration.seconds(1)

    /// When to look again whether an account is to be read.
    package func nextLook(after now: Timestamp) -> Timestamp {
        let idle = now + Self.retryInterval
        return accounts.values.map(\.nextReading).min().map { min($0, idle) } ?? idle
    }

    /// The accounts that are to be read, each by a number of its own: those whose time it is or whose tunnel is back after a
    /// refusal, and where there is one, those that are due in a moment.
    ///
    /// - Parameter goodAnswers: how many a camera's tunnel has given by now, to whatever question.
    package func dueAccounts(at now: Timestamp, goodAnswers: (CameraName) -> Int) -> [Int] {
        func isDue(_ account: Account, by instant: Timestamp) -> Bool {
            account.nextReading <= instant
                || account.members.contains { members[$0]?.readings.isBack(goodAnswers($0)) ?? false }
        }
        guard accounts.values.contains(where: { isDue($0, by: now) }) else { return [] }
        return accounts.filter { isDue($0.value, by: now + Self.together) }.map(\.key).sorted()
    }

    /// Whether a camera's account is to be read now; its number, if so.
    package func dueAccount(of camera: CameraName, at now: Timestamp) -> Int? {
        members[camera].flatMap { member in
            accounts[member.account].flatMap { $0.nextReading <= now ? member.account : nil }
        }
    }

    /// Begins to read an account through one of its tunnels, each in turn: so a tunnel that is gone keeps nobody from knowing, and
    /// one that belongs to another account after all is found out.
    ///
    /// - Parameter camera: through whose tunnel; `nil`: through the one that was asked longest ago, of those that answer.
    package mutating func beginReading(
        _ account: Int, through camera: CameraName? = nil, at now: Timestamp, goodAnswers: (CameraName) -> Int
    ) -> Call? {
        guard let known = accounts[account] else { return nil }
        let never = Timestamp(milliseconds: .min)
        let longestAgo = known.members.filter { !isLeftAlone($0, at: now, goodAnswers) }.min {
            (members[$0]?.readings.readAt ?? never, $0) < (members[$1]?.readings.readAt ?? never, $1)
        }
        guard let camera = camera ?? longestAgo, members[camera] != nil else { return nil }
        accounts[account]?.nextReading = now + Self.retryInterval
        members[camera]?.readings.readAt = now
        return Call(camera: camera, account: account, received: known.budget.received)
    }

    /// Begins the reading with which the last camera of an account leaves.
    package mutating func beginLastReading(of camera: CameraName, at now: Timestamp) -> Call? {
        members[camera].flatMap { beginReading($0.account, through: camera, at: now) { _ in 0 } }
    }

    /// Takes a call that failed. A tunnel that was revoked is not asked every half minute for ever, nor told of every time.
    ///
    /// - Returns: whether it is to be told.
    package mutating func failed(
        _ call: Call, _ failure: Failure, at now: Timestamp, goodAnswers: (CameraName) -> Int,
        using generator: inout some RandomNumberGenerator
    ) -> Bool {
        let camera = call.camera
        withAccount(of: camera) { $0.budget.recordFailedReading(at: now) }
        guard var member = members[camera] else { return false }
        member.readings.backOff.failed(
            failure.isRefusal ? .askUser : .wait(atLeast: failure.retryAfter), at: now, using: &generator)
        member.readings.heardAtRefusal = failure.isRefusal ? goodAnswers(camera) : nil
        let isNews = member.readings.told != failure.label
        member.readings.told = failure.label
        members[camera] = member

        guard let known = accounts[member.account],
            known.members.allSatisfy({ isLeftAlone($0, at: now, goodAnswers) })
        else { return isNews }
        let earliest = known.members.compactMap { members[$0]?.readings.backOff.resumesAt }.min() ?? now
        accounts[member.account]?.nextReading = max(earliest, now + Self.retryInterval)
        return isNews
    }

    /// Takes a call's answer, which may tell that tunnels share an account, or do not.
    ///
    /// - Returns: what was received between this reading and the one that the archive has, where it is worth keeping: see
    ///   ``kept(_:of:)`` and ``notKept(_:of:)``.
    package mutating func answered(_ call: Call, _ reading: UsageReading, at now: Timestamp) -> Receipts? {
        let camera = call.camera
        members[camera]?.readings.backOff.succeeded()
        members[camera]?.readings.heardAtRefusal = nil
        members[camera]?.readings.told = nil
        let mark = members[camera]?.account == call.account ? call.received : nil
        let between = withAccount(of: camera) { account in
            account.nextReading = min(reading.readAt + Self.readingInterval, max(reading.resetAt, reading.readAt))
            return account.budget.record(reading, receivedBefore: mark)
        }
        // Recognised after it was recorded: what came before the tunnels met is settled by then.
        if let change = recognition.record(reading, of: camera) { apply(change, at: now) }
        guard let between, let readings = members[camera]?.readings else { return nil }
        let receipts = between + readings.unkept
        return receipts.received > .zero || readings.isNews(reading) ? receipts : nil
    }

    /// The archive has a reading.
    package mutating func kept(_ reading: UsageReading, of camera: CameraName) {
        members[camera]?.readings.kept = reading
        members[camera]?.readings.unkept = Receipts()
    }

    /// The archive had no room for a reading, and so not for what was received before it.
    package mutating func notKept(_ receipts: Receipts, of camera: CameraName) {
        members[camera]?.readings.unkept = receipts
    }

    private func isLeftAlone(_ camera: CameraName, at now: Timestamp, _ goodAnswers: (CameraName) -> Int) -> Bool {
        members[camera]?.readings.isLeftAlone(at: now, goodAnswers: goodAnswers(camera)) ?? true
    }

    // MARK: - One account or two

    private mutating func apply(_ change: AccountChange, at now: Timestamp) {
        switch change {
        case .joined(let some, let others):
            let indexes = Set((some + others).compactMap { members[$0]?.account }).sorted()
            // The stricter stop holds for all of them.
            guard let kept = indexes.min(by: { stopsAt($0, at: now) < stopsAt($1, at: now) }),
                var account = accounts[kept]
            else { return }
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
            let budget = withAccount(of: camera) { account in
                account.members.remove(camera)
                account.pace.remove(camera)
                return account.budget.separated()
            }
            guard let budget else { return }
            let former = members[camera]?.account
            members[camera]?.former = former
            accounts[nextAccount] = Account(budget: budget, members: [camera], nextReading: now)
            members[camera]?.account = nextAccount
            nextAccount += 1
        }
    }

    private func stopsAt(_ account: Int, at now: Timestamp) -> ByteCount {
        accounts[account]?.budget.report(at: now).stopsAt ?? ByteCount(Int64.max)
    }
}
