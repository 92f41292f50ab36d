package import Vocabulary

/// Tells which tunnels belong to one account, by their usage readings alone: the server's counter is the account's.
///
/// Tunnels whose totals were exactly equal at two different totals, neither of them 0, and under the same cap, *moved
/// together* and share an account. They are parted, for good, by a reading that their account cannot have had: within a
/// month totals only grow. A pure value; it keeps one reading for each tunnel.
package struct AccountRecognition: Sendable {
    /// Two usage calls that were made closer together than this may have been counted in either order. Longer than a call lasts.
    package static let overlap: Duration = .seconds(60)

    /// What is known of one tunnel.
    private struct Tunnel {
        var account: Int
        let declared: String?
        var newest: UsageReading?
        /// Where it was met last at the same total.
        var meeting: (partner: CameraName, total: ByteCount)?
        /// Those with which it cannot share an account.
        var strangers: Set<CameraName> = []
    }

    /// The newest readings that could be equal.
    private struct Standing: Hashable {
        let total: ByteCount
        let cap: ByteCount?
        let month: Timestamp

        init(_ reading: UsageReading) {
            (total, cap, month) = (reading.total, reading.monthlyCap, reading.readAt.startOfMonth)
        }
    }

    private var tunnels: [CameraName: Tunnel] = [:]
    private var members: [Int: Set<CameraName>] = [:]
    /// For each standing one tunnel of every account that stands there.
    private var standings: [Standing: [Int: CameraName]] = [:]
    private var nextAccount = 0

    /// - Parameter declared: the name of the account of each tunnel whose owner says it: equal names are one account
    ///   from the start and stay it, different ones never become one.
    package init(declared: [CameraName: String] = [:]) {
        var accounts: [String: Int] = [:]
        for (tunnel, name) in declared.sorted(by: { $0.key < $1.key }) {
            let account = accounts[name] ?? newAccount()
            accounts[name] = account
            tunnels[tunnel] = Tunnel(account: account, declared: name)
            members[account, default: []].insert(tunnel)
        }
    }

    /// The tunnels of each account, those that are alone included, by name.
    package var accounts: [[CameraName]] {
        members.values.map { $0.sorted() }.sorted { $0[0] < $1[0] }
    }

    /// The tunnels that share an account with this one, itself included, by name.
    package func account(of tunnel: CameraName) -> [CameraName] {
        tunnels[tunnel].flatMap { members[$0.account] }?.sorted() ?? [tunnel]
    }

    /// Takes a tunnel's reading; readings of different tunnels come in any order, nearly that of time.
    ///
    /// - Returns: what it changed; `nil` where the accounts are what they were.
    @discardableResult
    package mutating func record(_ reading: UsageReading, of tunnel: CameraName) -> AccountChange? {
        var known = tunnels[tunnel] ?? addTunnel(tunnel)
        let before = known.newest
        if let before, reading.readAt < before.readAt { return nil }
        leaveStanding(tunnel, known)

        let change: AccountChange?
        if let before, before.isOfTheMonth(of: reading), reading.total < before.total {
            // The counter was set back, or its month turned by the server's clock: what was read before says nothing now.
            forgetReadings(of: known.account)
            known.meeting = nil
            change = nil
        } else if known.declared == nil, let stranger = contradiction(of: reading, before: before, in: known.account) {
            change = part(tunnel, &known, from: stranger)
        } else {
            change = meet(tunnel, &known, at: reading)
        }
        known.newest = reading
        tunnels[tunnel] = known
        standings[Standing(reading), default: [:]][known.account] = tunnel
        return change
    }

    // MARK: - Meeting

    /// Looks for another account at the same total, and joins it at the second meeting.
    private mutating func meet(
        _ tunnel: CameraName, _ known: inout Tunnel, at reading: UsageReading
    ) -> AccountChange? {
        guard reading.total > .zero else { return nil }
        let others = (standings[Standing(reading)] ?? [:]).filter { $0.key != known.account }
        guard !others.isEmpty else { return nil }
        if let meeting = known.meeting, meeting.total != reading.total,
            let partner = tunnels[meeting.partner], others[partner.account] != nil,
            mayJoin(known.account, partner.account)
        {
            known.meeting = nil
            return join(&known, partner.account)
        }
        guard known.meeting?.total != reading.total else { return nil }
        let partner = others.filter { mayJoin(known.account, $0.key) }.min { $0.key < $1.key }
        known.meeting = partner.map { ($0.value, reading.total) }
        return nil
    }

    private func mayJoin(_ one: Int, _ other: Int) -> Bool {
        let (ours, theirs) = (members[one] ?? [], members[other] ?? [])
        let names = Set((ours.union(theirs)).compactMap { tunnels[$0]?.declared })
        return names.count <= 1 && ours.allSatisfy { tunnels[$0]?.strangers.isDisjoint(with: theirs) ?? true }
    }

    private mutating func join(_ known: inout Tunnel, _ account: Int) -> AccountChange {
        let joining = members.removeValue(forKey: known.account) ?? []
        let there = members[account] ?? []
        for member in joining {
            if let newest = tunnels[member]?.newest {
                let standing = Standing(newest)
                standings[standing]?[known.account] = nil
                standings[standing]?[account] = member
            }
            tunnels[member]?.account = account
        }
        known.account = account
        members[account] = there.union(joining)
        return .joined(joining.sorted(), there.sorted())
    }

    // MARK: - Parting

    /// A tunnel of the account whose reading cannot be this account's if `reading` is.
    private func contradiction(
        of reading: UsageReading, before: UsageReading?, in account: Int
    ) -> CameraName? {
        members[account]?.first { member in
            guard let other = tunnels[member]?.newest, other.isOfTheMonth(of: reading) else { return false }
            let elapsed = reading.readAt - other.readAt
            if elapsed > Self.overlap, reading.total < other.total { return true }
            if elapsed < .zero - Self.overlap, reading.total > other.total { return true }
            // A cap that was another one just between two readings of ours.
            guard let before, other.monthlyCap != reading.monthlyCap, before.monthlyCap == reading.monthlyCap
            else { return false }
            return elapsed > Self.overlap && other.readAt - before.readAt > Self.overlap
        }
    }

    /// Leaves the account alone. Where the other one is the stranger there, the rest will leave it likewise and meet again.
    private mutating func part(
        _ tunnel: CameraName, _ known: inout Tunnel, from stranger: CameraName
    ) -> AccountChange {
        known.strangers.insert(stranger)
        tunnels[stranger]?.strangers.insert(tunnel)
        members[known.account]?.remove(tunnel)
        let rest = members[known.account] ?? []
        known.account = newAccount()
        known.meeting = nil
        members[known.account] = [tunnel]
        return .parted(tunnel, from: rest.sorted())
    }

    // MARK: - Keeping the books

    private mutating func newAccount() -> Int {
        nextAccount += 1
        return nextAccount
    }

    private mutating func addTunnel(_ tunnel: CameraName) -> Tunnel {
        let account = newAccount()
        members[account] = [tunnel]
        let known = Tunnel(account: account, declared: nil)
        tunnels[tunnel] = known
        return known
    }

    /// Takes the tunnel's old reading out of the index; another tunnel of its account may stand there as well.
    private mutating func leaveStanding(_ tunnel: CameraName, _ known: Tunnel) {
        guard let newest = known.newest else { return }
        let standing = Standing(newest)
        guard standings[standing]?[known.account] == tunnel else { return }
        let heir = members[known.account]?.first { member in
            member != tunnel && tunnels[member]?.newest.map(Standing.init) == standing
        }
        standings[standing]?[known.account] = heir
        if standings[standing]?.isEmpty == true { standings[standing] = nil }
    }

    private mutating func forgetReadings(of account: Int) {
        for member in members[account] ?? [] {
            if let newest = tunnels[member]?.newest {
                standings[Standing(newest)]?[account] = nil
                if standings[Standing(newest)]?.isEmpty == true { standings[Standing(newest)] = nil }
            }
            tunnels[member]?.newest = nil
            tunnels[member]?.meeting = nil
        }
    }
}

extension UsageReading {
    fileprivate func isOfTheMonth(of other: UsageReading) -> Bool {
        readAt.startOfMonth == other.readAt.startOfMonth
    }
}
