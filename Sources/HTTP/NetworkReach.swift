/// Where connections to an address end up.
///
/// The blocks are those of the IANA special-purpose address registries (RFC 6890 and its updates).
package enum NetworkReach: Sendable {
    /// This machine itself.
    case loopback
    /// A network of one's own: private, shared (carrier-grade NAT, overlay networks), link-local, unique-local.
    case local
    /// Anywhere else, and names of which the text alone does not tell.
    case anywhere
    /// Nowhere that a server can be: multicast, broadcast, reserved.
    case nowhere

    /// A name tells nothing by how it sounds, but for the one that is this machine by definition (RFC 6761).
    init(ofName name: String) {
        self = name == "localhost" || name.hasSuffix(".localhost") ? .loopback : .anywhere
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
        if let embedded = Self.embeddedV4(in: bytes) {
            self = NetworkReach(ofV4: embedded)
        } else if bytes.prefix(15).allSatisfy({ $0 == 0 }) {
            // :: and ::1
            self = .loopback
        } else if bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFE && bytes[1] & 0xC0 != 0 {
            // fc00::/7 unique-local; fe80::/10 link-local and fec0::/10 site-local.
            self = .local
        } else if bytes.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 1]) {
            // 64:ff9b:1::/48 is translated by a rule of the network one is in (RFC 8215): into what, nobody outside can tell.
            self = .local
        } else {
            self = bytes[0] == 0xFF ? .nowhere : .anywhere
        }
    }

    /// The IPv4 address that an IPv6 address leads to, where it is a way of writing one.
    private static func embeddedV4(in bytes: [UInt8]) -> [UInt8]? {
        let end = Array(bytes.suffix(4))
        let isZeroUpTo8 = bytes.prefix(8).allSatisfy { $0 == 0 }
        switch Array(bytes[8..<12]) {
        // The long-deprecated IPv4-compatible form; :: and ::1 are none.
        case [0, 0, 0, 0] where isZeroUpTo8: return end.dropLast().allSatisfy { $0 == 0 } ? nil : end
        // ::ffff:a.b.c.d, and ::ffff:0:a.b.c.d of stateless translation (RFC 2765).
        case [0, 0, 0xFF, 0xFF] where isZeroUpTo8, [0xFF, 0xFF, 0, 0] where isZeroUpTo8: return end
        // An interface that tunnels by IPv4 (ISATAP, RFC 5214).
        case [0, 0, 0x5E, 0xFE], [2, 0, 0x5E, 0xFE]: return end
        default: break
        }
        // 6to4 (RFC 3056), Teredo (RFC 4380, the client's address with its bits turned), and 64:ff9b::/96 (RFC 6052).
        if bytes.starts(with: [0x20, 0x02]) { return Array(bytes[2..<6]) }
        if bytes.starts(with: [0x20, 0x01, 0, 0]) { return end.map { ~$0 } }
        if bytes.starts(with: [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]) { return end }
        return nil
    }
}
