package import Vocabulary

/// A fetch as a person sees it: redirects followed as far as allowed, and only a success comes back.
package struct Fetch: Sendable {
    package enum RedirectRule: Sendable {
        /// Within the origin of the request.
        case sameOrigin
        /// To every address that the origin may announce.
        case anywhere(announcedBy: Origin)
    }

    private let respondent: Respondent
    private let redirects: RedirectRule
    private let deadline: Duration
    private let limit: ByteCount

    /// - Parameters:
    ///   - deadline: for all hops together.
    ///   - limit: of each answer's body.
    package init(respondent: Respondent, redirects: RedirectRule, deadline: Duration, limit: ByteCount) {
        (self.respondent, self.redirects, self.deadline, self.limit) = (respondent, redirects, deadline, limit)
    }

    /// Sends the request, and the requests that redirects ask for. What is posted is not sent on: there a redirect is a
    /// status like any other that is no success.
    ///
    /// Credentials and API key belong to the first address's origin and are sent there alone.
    package func response(
        to address: WebAddress, method: HTTPExchangeMethod = .get, credentials: BasicCredentials?,
        apiKey: Secret? = nil,
        through transport: any HTTPTransport
    ) async throws(TunnelError) -> HTTPExchangeResponse {
        let end = ContinuousClock.now + deadline
        var next = address
        for _ in 0...Redirects.most {
            var request = HTTPExchangeRequest(
                next, method: method, credentials: credentials, apiKey: apiKey, of: address.origin)
            if case .anywhere(let announcer) = redirects, announcer.host != next.origin.host {
                request.announcer = announcer
            }
            let response = try await send(request, until: end, through: transport)
            guard method == .get, let target = try Redirects.target(of: response, to: next) else {
                return try checked(response)
            }
            try check(target, askedAt: address.origin)
            next = target
        }
        throw .tooManyRedirects(of: address.origin.host)
    }

    private func send(
        _ request: HTTPExchangeRequest, until end: ContinuousClock.Instant, through transport: any HTTPTransport
    ) async throws(TunnelError) -> HTTPExchangeResponse {
        let left = end - .now
        guard left > .zero else { throw .noAnswer(within: deadline, received: .zero) }
        do throws(TunnelError) {
            return try await transport.send(request, within: left, atMost: limit)
        } catch .noAnswer(_, let received) {
            // What was left for the last hop means nothing to a person.
            throw .noAnswer(within: deadline, received: received)
        }
    }

    private func checked(_ response: HTTPExchangeResponse) throws(TunnelError) -> HTTPExchangeResponse {
        if let status = TunnelStatus(of: response) {
            throw .status(status, from: respondent, received: response.received)
        }
        let coding = response.header("Content-Encoding")?.lowercased() ?? "identity"
        guard coding == "identity" || coding.isEmpty else {
            throw .compressed(coding, received: response.received)
        }
        return response
    }

    private func check(_ target: WebAddress, askedAt origin: Origin) throws(TunnelError) {
        switch redirects {
        case .sameOrigin:
            guard target.origin == origin else { throw .redirectedElsewhere(to: target.origin) }
        case .anywhere(let announcer):
            try target.origin.host.checkReach(from: announcer, role: .redirect)
        }
    }
}
