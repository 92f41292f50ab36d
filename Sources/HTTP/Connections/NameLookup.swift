internal import Dispatch
internal import Foundation

/// Finds the addresses that a name stands for, the best first; none where nobody knows it.
typealias NameLookup = @Sendable (_ name: String) async -> [Host]

/// How the hosts that servers announce are looked up.
struct NameRules: Sendable {
    var lookUp: NameLookup = SystemNames.addresses
    /// How long an answer is believed.
    var freshness = Duration.seconds(60)
    /// For making a connection to one of several addresses: where IPv6 is broken, the first of them may be silent.
    var patience = Duration.seconds(4)
}

/// The system's names: its hosts file, its name servers, and whatever else it is set up to ask.
enum SystemNames {
    /// Asks `getaddrinfo`, which blocks for as long as a name server is silent: on a thread of its own.
    static func addresses(of name: String) async -> [Host] {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: lookUp(name)) }
        }
    }

    private static func lookUp(_ name: String) -> [Host] {
        var hints = addrinfo()
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        return sequence(first: first) { $0?.pointee.ai_next }
            .prefix { $0 != nil }.compactMap { $0.flatMap(address) }
    }

    private static func address(_ info: UnsafeMutablePointer<addrinfo>) -> Host? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard
            getnameinfo(
                info.pointee.ai_addr, info.pointee.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
                == 0
        else { return nil }
        // A link-local address comes with the name of its interface, as fe80::1%eth0.
        let digits = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            .prefix { $0 != "%" }
        return try? Host(parsing: digits.contains(":") ? "[\(digits)]" : String(digits))
    }
}
