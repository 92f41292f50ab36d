internal import NIOSSL
internal import Synchronization

/// The hosts that servers announce: looked up, checked, and reached at the address that was checked.
///
/// The owner of a name can have it stand for a public address when it is checked and for one of this network a moment later (DNS
/// rebinding). So nothing looks the name up again between the check and the connection.
final class AnnouncedHosts: Sendable {
    /// A way to a host that passed the check.
    struct Connection: Sendable {
        let address: Host
        let client: OwnedClient
    }

    private struct Known {
        var addresses: [Host]
        var lookedUpAt: ContinuousClock.Instant
        var usedAt: ContinuousClock.Instant
        var connection: Connection?
    }

    private struct State {
        var hosts: [Host: Known] = [:]
        /// Who waits for a lookup that is under way.
        var waiting: [Host: [AsyncStream<[Host]>.Continuation]] = [:]
        var isShutDown = false
    }

    /// So many hosts are remembered. Pictures lie on one for all cameras of a server.
    static let most = 64

    private let trust: TLSConfiguration
    private let names: NameRules
    private let state = Mutex(State())

    init(trust: TLSConfiguration = .makeClientConfiguration(), names: NameRules) {
        (self.trust, self.names) = (trust, names)
    }

    /// A way to a host, which is a name.
    ///
    /// - Parameters:
    ///   - announcer: the server that announced it, itself no part of this machine.
    ///   - failed: the addresses that were tried already.
    /// - Returns: `nil` where all addresses failed.
    /// - Throws: ``TunnelError/snapshotOnLoopback(host:)``, ``TunnelError/snapshotOnPrivateNetwork(host:)`` where any of its
    ///   addresses is none that the announcer may send anybody to; ``TunnelError/nameNotFound(_:)``
    func connection(
        to host: Host, announcedBy announcer: Host, avoiding failed: Set<Host>
    ) async throws(TunnelError) -> Connection? {
        let addresses = try await addresses(of: host)
        try await check(addresses, of: host, announcedBy: announcer)
        let usable = addresses.filter { !failed.contains($0) }
        let connection = state.withLock { state -> Connection?? in
            guard !state.isShutDown else { return .none }
            if let connection = state.hosts[host]?.connection, usable.contains(connection.address) { return connection }
            guard let address = usable.first else { return .some(nil) }
            let client = OwnedClient(
                trust: trust, pin: (host.description, address),
                patience: addresses.count > 1 ? names.patience : OwnedClient.longestPatience)
            let connection = Connection(address: address, client: client)
            state.hosts[host]?.connection = connection
            return connection
        }
        guard let connection else { throw .shutDown }
        return connection
    }

    func shutdown() async {
        let clients = state.withLock { state in
            state.isShutDown = true
            defer { state.hosts = [:] }
            return state.hosts.values.compactMap(\.connection?.client)
        }
        await withTaskGroup { group in
            for client in clients { group.addTask { await client.shutdown() } }
        }
    }

    // MARK: Lookup

    private func addresses(of host: Host) async throws(TunnelError) -> [Host] {
        guard let name = host.name else { return [host] }
        let now = ContinuousClock.now
        let known = state.withLock { state -> (addresses: [Host], isFresh: Bool)? in
            guard let known = state.hosts[host] else { return nil }
            let isFresh = now - known.lookedUpAt < names.freshness
            state.hosts[host]?.usedAt = now
            // Whoever finds it stale looks it up, for all who meanwhile go on with what was checked.
            if !isFresh { state.hosts[host]?.lookedUpAt = now }
            return (known.addresses, isFresh)
        }
        if let known, known.isFresh { return known.addresses }
        let found = await lookUp(host, name)
        guard !Task.isCancelled else { throw .cancelled }
        guard !found.isEmpty else {
            guard let known else { throw .nameNotFound(host) }
            return known.addresses
        }
        return found
    }

    /// One lookup for all who want it at the same time: with a thousand cameras and a silent name server, they would be without
    /// end otherwise. It goes on when nobody waits for it any more.
    private func lookUp(_ host: Host, _ name: String) async -> [Host] {
        let (answers, answer) = AsyncStream<[Host]>.makeStream()
        let isFirst = state.withLock { state in
            state.waiting[host, default: []].append(answer)
            return state.waiting[host]?.count == 1
        }
        if isFirst {
            Task {
                let found = await names.lookUp(name)
                for waiter in remember(found, of: host) {
                    waiter.yield(found)
                    waiter.finish()
                }
            }
        }
        for await found in answers { return found }
        return []
    }

    /// - Returns: who waits for it.
    private func remember(_ addresses: [Host], of host: Host) -> [AsyncStream<[Host]>.Continuation] {
        state.withLock { state in
            let waiters = state.waiting.removeValue(forKey: host) ?? []
            guard !addresses.isEmpty, !state.isShutDown else { return waiters }
            let now = ContinuousClock.now
            let connection = state.hosts[host]?.connection
            state.hosts[host] = Known(
                addresses: addresses, lookedUpAt: now, usedAt: now,
                connection: connection.flatMap { addresses.contains($0.address) ? $0 : nil })
            if state.hosts.count > Self.most,
                let oldest = state.hosts.min(by: { $0.value.usedAt < $1.value.usedAt })
            {
                // Requests on their way keep its client until they are done.
                state.hosts[oldest.key] = nil
            }
            return waiters
        }
    }

    // MARK: Check

    private func check(
        _ addresses: [Host], of host: Host, announcedBy announcer: Host
    ) async throws(TunnelError) {
        do throws(TunnelError) {
            try check(addresses, of: host, from: announcer.reach)
        } catch {
            // A server of one's own may have a name that tells nothing of its being in this network.
            guard announcer.name != nil, let own = try? await self.addresses(of: announcer) else { throw error }
            let reaches = own.map(\.reach)
            try check(
                addresses, of: host,
                from: reaches.contains(.loopback) ? .loopback : reaches.contains(.local) ? .local : announcer.reach)
        }
    }

    private func check(
        _ addresses: [Host], of host: Host, from announcer: NetworkReach
    ) throws(TunnelError) {
        for address in addresses { try host.check(address.reach, from: announcer, role: .snapshot) }
    }
}
