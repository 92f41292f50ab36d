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
    private let isPicture: Bool
    private let redirects: RedirectRule
    private let deadline: Duration
    private let limit: ByteCount
    private let reading: AnswerReading

    /// - Parameters:
    ///   - isPicture: whether a picture is fetched, whose deadline can be set.
    ///   - deadline: for all hops together.
    ///   - limit: of each answer's body.
    package init(
        respondent: Respondent, isPicture: Bool = false, redirects: RedirectRule, deadline: Duration,
        limit: ByteCount, reading: AnswerReading = .exact
    ) {
        (self.respondent, self.isPicture, self.redirects) = (respondent, isPicture, redirects)
        (self.deadline, self.limit, self.reading) = (deadline, limit, reading)
    }

    /// Sends the request, and the requests that redirects ask for. What is posted is not sent on: there a redirect is a
    /// status like any other that is no success.
    ///
    /// Credentials and API key belong to the first address's origin and are sent there alone.
    package func response(
        to address: WebAddress, method: HTTPExchangeMethod = .get, credentials: BasicCredentials?,
        apiKey: Secret? = nil,
        through transport: any HTTPTransport
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        try await response(
            to: HTTPExchangeRequest(
                address, method: method, credentials: credentials, apiKey: apiKey, of: address.origin),
            login: nil, through: transport)
    }

    /// Gets what an address has, for whoever logs in there in the way that is wanted.
    ///
    /// - Throws: ``HTTPError/login(_:received:)`` where nobody was let in.
    package func response(
        to address: WebAddress, login: Login, allowingOldTLS: Bool = false, through transport: any HTTPTransport
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        var request = HTTPExchangeRequest(address)
        request.allowsOldTLS = allowingOldTLS
        return try await response(to: request, login: login, through: transport)
    }

    private func response(
        to first: HTTPExchangeRequest, login: Login?, through transport: any HTTPTransport
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        let end = ContinuousClock.now + deadline
        var request = first
        request.reading = reading
        for _ in 0...Redirects.most {
            if case .anywhere(let announcer) = redirects, announcer.host != request.address.origin.host {
                request.announcer = announcer
            }
            var response = try await answer(to: &request, login: login, until: end, through: transport)
            guard request.method == .get, let target = try Redirects.target(of: response, to: request.address) else {
                if request.address != first.address { response.redirectedTo = request.address }
                return try checked(response, login: login, from: request.address)
            }
            try check(target, askedAt: first.address.origin)
            request = first.moved(to: target)
            request.reading = reading
        }
        throw .tooManyRedirects(of: first.address.origin.host)
    }

    /// One answer, signed anew where the server says how.
    private func answer(
        to request: inout HTTPExchangeRequest, login: Login?, until end: ContinuousClock.Instant,
        through transport: any HTTPTransport
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        var attempt = 1
        while true {
            login?.sign(&request)
            let response = try await send(request, until: end, through: transport)
            guard login?.learn(from: response, of: request, attempt: attempt) == true else { return response }
            attempt += 1
        }
    }

    private func send(
        _ request: HTTPExchangeRequest, until end: ContinuousClock.Instant, through transport: any HTTPTransport
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        let left = end - .now
        guard left > .zero else { throw .noAnswer(within: deadline, received: .zero, isPicture: isPicture) }
        do throws(HTTPError) {
            return try await transport.send(request, within: left, atMost: limit)
        } catch .noAnswer(_, let received, _) {
            // What was left for the last hop means nothing to a person.
            throw .noAnswer(within: deadline, received: received, isPicture: isPicture)
        }
    }

    private func checked(
        _ response: HTTPExchangeResponse, login: Login?, from address: WebAddress
    ) throws(HTTPError) -> HTTPExchangeResponse {
        if response.status == 401, let login {
            throw .login(login.problem(in: response, from: address), received: response.received)
        }
        if let status = HTTPStatus(of: response) {
            throw .status(status, from: respondent, received: response.received)
        }
        let coding = response.header("Content-Encoding")?.lowercased() ?? "identity"
        guard coding == "identity" || coding.isEmpty else {
            throw .compressed(coding, received: response.received)
        }
        return response
    }

    private func check(_ target: WebAddress, askedAt origin: Origin) throws(HTTPError) {
        switch redirects {
        case .sameOrigin:
            guard target.origin == origin else { throw .redirectedElsewhere(to: target.origin) }
        case .anywhere(let announcer):
            try target.origin.host.checkReach(from: announcer, role: .redirect)
        }
    }
}
