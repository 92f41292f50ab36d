/// Decides what each request to the callback listener gets; a pure value.
///
/// One request has an effect: the first GET of the one-time path that brings a readable endpoint. Whatever else
/// comes (favicons, HEAD, guesses, repetitions, requests for another host's name that was bound to 127.0.0.1) is answered
/// and changes nothing.
struct CallbackRouter: Sendable {
    /// Where the browser is sent once its callback was taken, so that its address bar holds no secret.
    static let outcomePath = "/done"

    private let host: String
    private let secret: OneTimeSecret
    private var isOpen = true
    private var wasTaken = false

    init(port: Int, secret: OneTimeSecret) {
        (host, self.secret) = ("127.0.0.1:\(port)", secret)
    }

    enum Decision: Hashable, Sendable {
        case take(TunnelEndpoint)
        case showOutcome
        case refuse(Refusal)
    }

    enum Refusal: Int, Sendable {
        case withoutEndpoint = 400
        case unknownPath = 404
        case method = 405
        case usedAlready = 410
        case foreignHost = 421
    }

    /// - Parameters:
    ///   - target: the request's path and query, byte for byte.
    ///   - hosts: the values of all its Host headers.
    mutating func judge(method: String, target: String, hosts: [String]) -> Decision {
        // A page of another site that had its name resolve to this machine (DNS rebinding) sends that name here.
        guard hosts == [host] else { return .refuse(.foreignHost) }
        guard method == "GET" else { return .refuse(.method) }
        let path = target.prefix { $0 != "?" }
        if path == Self.outcomePath { return wasTaken ? .showOutcome : .refuse(.unknownPath) }
        // The guide has a slash before the question mark, the real page none.
        let name = path.hasSuffix("/") ? path.dropFirst().dropLast() : path.dropFirst()
        guard path.hasPrefix("/"), secret.matches(name) else { return .refuse(.unknownPath) }
        guard isOpen else { return .refuse(.usedAlready) }
        guard target.contains("tunnel_endpoint="), let endpoint = try? TunnelEndpoint(parsing: target) else {
            return .refuse(.withoutEndpoint)
        }
        (isOpen, wasTaken) = (false, true)
        return .take(endpoint)
    }

    /// Takes no callback from now on: an endpoint came by another way.
    mutating func close() { isOpen = false }
}
