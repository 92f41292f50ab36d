/// Decides what a request to the metrics listener gets; a pure value.
struct MetricsRouter: Sendable {
    /// Whether requests must name this machine. A page of another site that had its name resolve to 127.0.0.1 (DNS
    /// rebinding) sends that name; behind other addresses, every name may be right.
    let isLoopback: Bool

    enum Decision: Hashable, Sendable {
        case page
        case refuse(Refusal)
    }

    enum Refusal: String, Sendable {
        case unknownPath = "404 Not Found"
        case method = "405 Method Not Allowed"
        case foreignHost = "421 Misdirected Request"
    }

    /// - Parameters:
    ///   - target: the request's path and query.
    ///   - hosts: the values of all its Host headers.
    func judge(method: String, target: String, hosts: [String]) -> Decision {
        guard !isLoopback || hosts.count == 1 && hosts.allSatisfy(Self.isThisMachine) else {
            return .refuse(.foreignHost)
        }
        guard method == "GET" || method == "HEAD" else { return .refuse(.method) }
        return target.prefix { $0 != "?" } == "/metrics" ? .page : .refuse(.unknownPath)
    }

    /// With any port: a tunnel of ssh's has another one at its other end.
    private static func isThisMachine(_ host: String) -> Bool {
        ["localhost", "127.0.0.1", "[::1]"].contains { name in
            let rest = host.lowercased().dropFirst(name.count)
            return host.lowercased().hasPrefix(name)
                && (rest.isEmpty || rest.first == ":" && rest.dropFirst().allSatisfy { $0.isASCII && $0.isNumber })
        }
    }
}
