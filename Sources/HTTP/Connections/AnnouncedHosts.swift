internal import Synchronization

/// The hosts that servers announce: looked up, checked, and reached at the address that was checked.
///
/// The owner of a name can have it stand for a public address when it is checked and for one of this network a moment later (DNS
/// rebinding). So nothing looks the name up again between the check and the connection.
final class AnnouncedHosts: Sendable {
    /// A way to a host that passed the check.
    struct Way: Sendable {
        let address: Host
        /// How long making a connection may take.
        let patience: Duration
        /// Whether the host has other addresses.
        let isOneOfSeveral: Bool
    }

    private struct Known {
        var addresses: [Host]
        var lookedUpAt: ContinuousClock.Instant
        var usedAt: ContinuousClock.Instant
        /// The one that was taken last, because those before it failed.
        var preferred: Host?
    }

    private struct State {
        var hosts: [Host: Known] = [:]
        /// Who waits for a lookup that is under way.
        var waiting: [Host: [AsyncStream<[Host]>.Continuation]] = [:]
    }

    /// So many hosts are remembered. Pictures lie on one for all cameras of a server.
    static let most = 64

    private let names: NameRules
    private let state = Mutex(State())

    init(names: NameRules) {
        self.names = names
    }

    /// A way to a host.
    ///
    /// - Parameters:
    ///   - announcer: the server that announced it.
    ///   - failed: the addresses that were tried already, and how they failed.
    /// - Throws: ``HTTPError/announcedOnLoopback(host:)``, ``HTTPError/announcedOnPrivateNetwork(host:)`` where any of its
    ///   addresses is none that the announcer may send anybody to; ``HTTPError/nameNotFound(_:)``; the last failure where all
    ///   addresses failed.
    func way(
        to host: Host, announcedBy announcer: Host, avoiding failed: [Host: HTTPError]
    ) async throws(HTTPError) -> Way {
        let addresses = try await addresses(of: host)
        try await check(addresses, of: host, announcedBy: announcer)
        let usable = addresses.filter { failed[$0] == nil }
        let address = state.withLock { state -> Host? in
            if let preferred = state.hosts[host]?.preferred, usable.contains(preferred) { return preferred }
            if !failed.isEmpty { state.hosts[host]?.preferred = usable.first }
            return usable.first
        }
        guard let address else { throw addresses.last.flatMap { failed[$0] } ?? .nameNotFound(host) }
        return Way(
            address: address, patience: addresses.count > 1 ? names.patience : Connection.longestPatience,
            isOneOfSeveral: addresses.count > 1)
    }

    // MARK: Lookup

    private func addresses(of host: Host) async throws(HTTPError) -> [Host] {
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
        guard !Task.isCancelled else { throw .cancelled() }
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
            guard !addresses.isEmpty else { return waiters }
            let now = ContinuousClock.now
            let preferred = state.hosts[host]?.preferred
            state.hosts[host] = Known(
                addresses: addresses, lookedUpAt: now, usedAt: now,
                preferred: preferred.flatMap { addresses.contains($0) ? $0 : nil })
            if state.hosts.count > Self.most,
                let oldest = state.hosts.min(by: { $0.value.usedAt < $1.value.usedAt })
            {
                state.hosts[oldest.key] = nil
            }
            return waiters
        }
    }

    // MARK: Check

    private func check(
        _ addresses: [Host], of host: Host, announcedBy announcer: Host
    ) async throws(HTTPError) {
        guard host != announcer, addresses.contains(where: { $0.reach != .anywhere }) else { return }
        let reach = await reach(of: announcer)
        for address in addresses { try host.check(address.reach, from: reach, role: .announced) }
    }

    /// Where a server is, by what its name stands for and not by how it sounds: a name of this network can be a server's that
    /// is elsewhere, and the other way round. One that is elsewhere under any of its addresses is elsewhere.
    private func reach(of announcer: Host) async -> NetworkReach {
        // Nobody knows it: then nothing is known that would let it in.
        guard let addresses = try? await addresses(of: announcer) else { return .anywhere }
        let reaches = addresses.map(\.reach)
        guard reaches.allSatisfy({ $0 == .loopback || $0 == .local }) else { return .anywhere }
        return reaches.contains(.loopback) ? .loopback : .local
    }
}
