package import Vocabulary

/// The allowances of a job's tunnels, account by account: what each may spend, which account is read next and through which tunnel,
/// and what its answer changes.
///
/// A camera begins with an account of its own, unless its owner says otherwise. Accounts whose readings turn out to move
/// together become one, with one budget, one pace, and one usage call where there were several. A pure value: it has no clock,
/// asks nobody and keeps nothing.
package struct AccountBook: Sendable {
    struct Account {
        var budget: Budget
        var pace = Pace()
        var members: Set<CameraName>
        var nextReading: Timestamp
    }

    struct Member {
        /// From one slot to the next; `nil` where slots are not paced.
        let pacedInterval: Duration?
        var account: Int
        /// The account that turned out not to be its own: what it had reserved is still reserved there.
        var former: Int?
        /// What the last picture took by each route.
        var lastPicture: [FetchRoute: ByteCount] = [:]
        var readings = MemberReadings()
    }

    var recognition: AccountRecognition
    var accounts: [Int: Account] = [:]
    var members: [CameraName: Member] = [:]
    var nextAccount = 0

    /// Before anything is known of a camera's pictures.
    package static let firstExpected = ByteCount(256 * 1024)

    /// - Parameter declared: the accounts of cameras whose owner names them.
    package init(declared: [CameraName: String] = [:]) {
        recognition = AccountRecognition(declared: declared)
    }

    // MARK: - Members

    /// Takes a camera in. Its account is read at once, unless another of its cameras has had it read just now: see
    /// ``dueAccounts(at:goodAnswers:)``.
    ///
    /// - Parameters:
    ///   - budget: with what earlier runs left of its readings.
    ///   - pacedInterval: from one slot to the next; `nil` where slots are not paced.
    package mutating func join(_ camera: CameraName, _ budget: Budget, pacedInterval: Duration?, at now: Timestamp) {
        let shared = recognition.account(of: camera).compactMap { members[$0]?.account }.first
        let account = shared ?? nextAccount
        nextAccount += 1
        members[camera] = Member(pacedInterval: pacedInterval, account: account)
        accounts[account, default: Account(budget: budget, members: [], nextReading: now)].members.insert(camera)
        if shared != nil { accounts[account]?.budget.absorb(budget) }
    }

    /// Lets a camera go, and its account with the last of its cameras.
    package mutating func leave(_ camera: CameraName) {
        guard let account = members.removeValue(forKey: camera)?.account else { return }
        accounts[account]?.members.remove(camera)
        accounts[account]?.pace.remove(camera)
        if accounts[account]?.members.isEmpty == true { accounts[account] = nil }
    }

    /// Whether a camera is the only one of its account.
    package func isAlone(_ camera: CameraName) -> Bool {
        members[camera].flatMap { accounts[$0.account] }?.members.count == 1
    }

    // MARK: - Spending

    /// Whether a slot's picture may be asked for at all: asked once a slot, before anything else.
    ///
    /// - Throws: ``BudgetError/capReached(until:reason:)``
    package mutating func begin(
        _ camera: CameraName, by route: FetchRoute, within share: Double?, isPrinting: Bool, at now: Timestamp
    ) throws(BudgetError) {
        guard let member = members[camera], let interval = member.pacedInterval else { return }
        let slot = PacedSlot(
            camera: camera, interval: interval, isPrinting: isPrinting,
            expected: member.lastPicture[route] ?? Self.firstExpected, route: route, within: share)
        let permission = withAccount(of: camera) { $0.pace.permission(for: slot, budget: $0.budget, at: now) }
        if case .refused(let until, let reason)? = permission { throw .capReached(until: until, reason: reason) }
    }

    /// Sets the bytes of one request aside before it is made.
    ///
    /// - Parameter amount: the most that it may bring; `nil` for a picture. Pictures of one camera vary little; twice the last
    ///   one leaves room for a busier scene.
    /// - Returns: `nil` for a camera that is not in the book.
    /// - Throws: ``BudgetError/capReached(until:reason:)`` where they might pass the stop.
    package mutating func reserve(
        _ amount: ByteCount?, for camera: CameraName, by route: FetchRoute, within share: Double? = nil,
        at now: Timestamp
    ) throws(BudgetError) -> BudgetReservation? {
        guard let member = members[camera], var account = accounts[member.account] else { return nil }
        defer { accounts[member.account] = account }
        return try account.budget.reserve(
            amount ?? member.lastPicture[route].map { $0 + $0 } ?? Self.firstExpected, by: route,
            for: amount == nil ? .picture : .question, within: share, at: now)
    }

    package mutating func settle(_ reservation: BudgetReservation, received bytes: ByteCount, of camera: CameraName) {
        // One of them knows the reservation; to the other it is nothing.
        for account in [members[camera]?.account, members[camera]?.former].compactMap(\.self) {
            accounts[account]?.budget.settle(reservation, received: bytes)
        }
        guard bytes > .zero, reservation.purpose == .picture else { return }
        members[camera]?.lastPicture[reservation.route] = bytes
    }

    package mutating func serverRefusedOverCap(_ camera: CameraName, by route: FetchRoute, at now: Timestamp) {
        withAccount(of: camera) { $0.budget.serverRefusedOverCap(by: route, at: now) }
    }

    /// A camera's allowance as it stands, and the cameras that share it, by name.
    package func report(of camera: CameraName, at now: Timestamp) -> (cameras: [CameraName], report: BudgetReport)? {
        members[camera].flatMap { accounts[$0.account] }.map { ($0.members.sorted(), $0.budget.report(at: now)) }
    }

    @discardableResult
    mutating func withAccount<Value>(of camera: CameraName, _ body: (inout Account) -> Value) -> Value? {
        guard let account = members[camera]?.account else { return nil }
        return accounts[account].map { known in
            var known = known
            defer { accounts[account] = known }
            return body(&known)
        }
    }
}
