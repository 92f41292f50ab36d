extension Host {
    /// Refuses a host that a server elsewhere has no business to send anybody to: the machine and the network of whoever follows.
    ///
    /// Two addresses are compared here. Where either is a name, what it stands for decides, when it is connected to.
    package func checkReach(from origin: Origin, role: AddressRole) throws(HTTPError) {
        guard self != origin.host else { return }
        guard reach != .nowhere else { throw .address(.nowhere, of: role) }
        guard isPlace, origin.host.isPlace else { return }
        try check(reach, from: origin.host.reach, role: role)
    }

    /// Whether its text tells where it is.
    private var isPlace: Bool { name == nil || reach == .loopback }

    /// Refuses this host if what it stands for is out of the reach of who announced it.
    func check(_ reach: NetworkReach, from announcer: NetworkReach, role: AddressRole) throws(HTTPError) {
        switch (reach, announcer) {
        case (.nowhere, _): throw .address(.nowhere, of: role)
        case (.loopback, .loopback), (.local, .loopback), (.local, .local), (.anywhere, _): return
        case (.loopback, _): throw .announcedOnLoopback(host: self)
        case (.local, _): throw .announcedOnPrivateNetwork(host: self)
        }
    }
}
