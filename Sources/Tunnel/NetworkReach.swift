/// Where connections to an address end up.
///
/// The blocks are those of the IANA special-purpose address registries (RFC 6890 and its updates).
enum NetworkReach: Sendable {
    /// This machine itself.
    case loopback
    /// A network of one's own: private, shared (carrier-grade NAT, overlay networks), link-local, unique-local.
    case local
    /// Anywhere else, and names of which the text alone does not tell.
    case anywhere
    /// Nowhere that a server can be: multicast, broadcast, reserved.
    case nowhere

    init(ofName name: String) {
        let labels = name.split(separator: ".")
        let localSuffixes: Set<Substring> = ["local", "lan", "internal", "localdomain", "home"]
        if labels.last == "localhost" {
            self = .loopback
        } else if labels.count == 1 || localSuffixes.contains(labels.last ?? "") || name.hasSuffix(".home.arpa") {
            self = .local
        } else {
            self = .anywhere
        }
    }

    init(ofV4 bytes: [UInt8]) {
        switch (bytes[0], bytes[1]) {
        // 0.0.0.0 connects to this machine on Linux.
        case (0, _), (127, _): self = .loopback
        case (10, _), (172, 16...31), (192, 168), (169, 254), (100, 64...127): self = .local
        case (224..., _): self = .nowhere
        default: self = .anywhere
        }
    }

    init(ofV6 bytes: [UInt8]) {
        let embedded = Array(bytes.suffix(4))
        if bytes.dropLast(4).allSatisfy({ $0 == 0 }) {
            // :: and ::1, and the long-deprecated IPv4-compatible form.
            self = embedded.dropLast().allSatisfy { $0 == 0 } ? .loopback : NetworkReach(ofV4: embedded)
        } else if bytes.prefix(10).allSatisfy({ $0 == 0 }), bytes[10...11].allSatisfy({ $0 == 0xFF }) {
            self = NetworkReach(ofV4: embedded)
        } else if Array(bytes.prefix(12)) == [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0] {
            // 64:ff9b::/96 leads through a translator to the IPv4 address in its last four bytes (RFC 6052).
            self = NetworkReach(ofV4: embedded)
        } else if bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFE && bytes[1] & 0xC0 != 0 {
            // fc00::/7 unique-local; fe80::/10 link-local and fec0::/10 site-local.
            self = .local
        } else {
            self = bytes[0] == 0xFF ? .nowhere : .anywhere
        }
    }
}
