internal import Glibc
internal import Vocabulary

/// Where the metrics are served: an address of this machine and a port.
package struct MetricsAddress: Hashable, Sendable, CustomStringConvertible {
    /// An IPv4 address, or an IPv6 address without brackets.
    package let host: String
    /// 1 to 65535; 0 for one that the system chooses.
    package let port: Int

    /// Reads `9464`, which is a port on 127.0.0.1, `127.0.0.1:9464`, `localhost:9464` or `[::1]:9464`.
    ///
    /// - Throws: ``MetricsAddressError``
    package init(parsing text: String) throws(MetricsAddressError) {
        let digits = text.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        let front = text.dropLast(digits.count)
        guard let port = Int(String(digits)), port <= 65_535, front.isEmpty || front.hasSuffix(":") else {
            throw MetricsAddressError(text: text)
        }
        self.port = port
        switch front.dropLast() {
        case "", "localhost": host = "127.0.0.1"
        case let name where name.hasPrefix("[") && name.hasSuffix("]"):
            host = String(name.dropFirst().dropLast())
            guard Self.isAddress(host, of: AF_INET6) else { throw MetricsAddressError(text: text) }
        case let name:
            host = String(name)
            guard Self.isAddress(host, of: AF_INET) else { throw MetricsAddressError(text: text) }
        }
    }

    /// Whether only programs of this machine can reach it.
    package var isLoopback: Bool { host == "::1" || host.hasPrefix("127.") }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func isAddress(_ text: String, of family: Int32) -> Bool {
        var bytes = in6_addr()
        return inet_pton(family, text, &bytes) == 1
    }
}

/// A text that says no address for the metrics.
package struct MetricsAddressError: ExplainedError, Hashable {
    let text: String

    /// A short constant for logs and metrics.
    package var label: String { "metrics_address" }

    package var description: String { "the metrics cannot be served at “\(text.printable)”" }

    /// What the person does now.
    package var hint: String { "Write a port such as 9464, or an address and a port such as 127.0.0.1:9464." }
}
