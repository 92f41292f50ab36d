internal import Synchronization

/// A user and a password for one origin, and how that origin wants to be shown them.
///
/// What it wants is learned from its first refusal and kept, so that each later request is answered at once: a nonce counts up
/// from request to request. One login belongs to one camera.
package final class Login: Sendable {
    private struct State {
        var challenge: DigestChallenge?
        var uses = 0
    }

    private let credentials: BasicCredentials?
    private let owner: Origin
    private let makeClientNonce: @Sendable () -> String
    private let state = Mutex(State())

    /// - Parameter owner: where the credentials belong, and nowhere else.
    package convenience init(_ credentials: BasicCredentials?, of owner: Origin) {
        self.init(credentials, of: owner) {
            String(UInt64.random(in: .min ... .max), radix: 16) + String(UInt64.random(in: .min ... .max), radix: 16)
        }
    }

    init(
        _ credentials: BasicCredentials?, of owner: Origin, makeClientNonce: @escaping @Sendable () -> String
    ) {
        (self.credentials, self.owner, self.makeClientNonce) = (credentials, owner, makeClientNonce)
    }

    /// How user and password are shown, as far as it is known: `nil` for Basic, which needs no asking.
    package var scheme: String? { state.withLock { $0.challenge == nil ? nil : "digest" } }

    /// Puts the credentials on a request to their owner, in the way that is known to be wanted.
    func sign(_ request: inout HTTPExchangeRequest) {
        guard request.address.origin == owner, let credentials else { return }
        let method = request.method == .get ? "GET" : "POST"
        let target = request.address.target
        request.authorization = state.withLock { state in
            guard let challenge = state.challenge else { return credentials.authorization }
            state.uses += 1
            return challenge.authorization(
                credentials, method: method, target: target, count: state.uses, clientNonce: makeClientNonce())
        }
    }

    /// Learns from a refusal (401).
    ///
    /// - Parameter attempt: how often the request was sent by now.
    /// - Returns: whether the request may succeed when it is signed anew.
    func learn(from response: HTTPExchangeResponse, of request: HTTPExchangeRequest, attempt: Int) -> Bool {
        guard response.status == 401, request.address.origin == owner, credentials != nil else { return false }
        guard let challenge = DigestChallenge.best(of: response.challenges) else {
            // It may have changed its mind since it was last asked: back to Basic.
            return state.withLock { state in
                defer { state.challenge = nil }
                return state.challenge != nil && attempt == 1
            }
        }
        return state.withLock { state in
            // A nonce is used up by time or by a restart; a new one that is refused at once means that the password is wrong.
            let isWorthIt = attempt == 1 || attempt == 2 && challenge.isStale
            (state.challenge, state.uses) = (challenge, 0)
            return isWorthIt
        }
    }

    /// Why a refusal stands.
    func problem(in response: HTTPExchangeResponse, from address: WebAddress) -> LoginProblem {
        let schemes = response.challenges.map(\.scheme)
        let canAnswer =
            schemes.isEmpty || schemes.contains("basic")
            || DigestChallenge.best(of: response.challenges) != nil
        guard canAnswer else { return .unsupported(schemes.first ?? "") }
        guard credentials != nil else { return .wanted }
        return address.origin == owner ? .refused : .keptHome(from: address)
    }
}

extension HTTPExchangeResponse {
    /// How the server wants to be shown who asks.
    var challenges: [AuthenticationChallenge] {
        AuthenticationChallenge.all(in: header("WWW-Authenticate") ?? "")
    }
}
