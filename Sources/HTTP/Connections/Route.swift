/// Where a connection goes, and by what security: requests that have the same route can share it.
struct Route: Hashable, Sendable {
    let origin: Origin
    /// What is connected to: the origin's host, or the address of it that was checked.
    let host: Host
    /// Whether a TLS older than 1.2 is put up with.
    let allowsOldTLS: Bool

    init(_ origin: Origin, at host: Host? = nil, allowsOldTLS: Bool = false) {
        (self.origin, self.host, self.allowsOldTLS) = (origin, host ?? origin.host, allowsOldTLS)
    }
}
