public import HTTP
public import NIOCore
public import Vocabulary

/// Speaks to one tunnel: its own API, the pictures that it announces, and OctoPrint behind it.
///
/// The tunnel's credentials go to the endpoint's origin only. Redirects of the API are followed within that origin only;
/// those of a picture wherever a picture may be, without any credential.
public struct TunnelClient: Sendable {
    public let endpoint: TunnelEndpoint
    private let transport: any HTTPTransport
    private let limits: TunnelLimits

    public init(endpoint: TunnelEndpoint, transport: any HTTPTransport, limits: TunnelLimits = TunnelLimits()) {
        (self.endpoint, self.transport, self.limits) = (endpoint, transport, limits)
    }

    /// Asks how much of the month's allowance is used. The call itself costs none.
    public func usage(at now: Timestamp) async throws(TunnelError) -> UsageReading {
        let response = try await fetch(apiPath: "/_tsd_/tunnelusage/")
        return try UsageAnswer.reading(decoding: response, at: now)
    }

    /// Asks where the newest picture is. The call itself costs no allowance.
    ///
    /// A picture stays announced for half an hour after its upload, so an answer does not mean that the printer is there.
    public func webcam() async throws(TunnelError) -> WebcamAnswer {
        let response = try await fetch(apiPath: "/_tsd_/webcam/0/")
        return try WebcamAnswer(decoding: response, from: endpoint.origin)
    }

    /// Fetches a picture that the webcam API announced, without credentials. The bytes are not looked at.
    ///
    /// - Parameters:
    ///   - url: the picture's address.
    ///   - left: the time in which it is of use: silence for too much of it is a torn answer.
    public func picture(
        at url: SnapshotURL, within left: Duration = TunnelLimits().pictureDeadline
    ) async throws(TunnelError) -> ByteBuffer {
        let fetch = Fetch(
            respondent: TunnelRespondent.pictureServer.respondent, isPicture: true,
            redirects: .anywhere(announcedBy: endpoint.origin), deadline: limits.pictureDeadline,
            limit: limits.pictureBytes, reading: AnswerReading(usefulFor: left))
        do throws(HTTPError) {
            return try await fetch.response(to: url.address, credentials: nil, through: transport).body
        } catch  where error.isWithoutAnswer && url.address.origin != endpoint.origin {
            // The person never typed this address, and looks for it in vain in what they set.
            throw .announced(error, at: url.address.origin)
        } catch {
            throw TunnelError(error, from: .pictureServer)
        }
    }

    /// Asks how likely a failure of the present print is, as the server's failure detection sees it. The call itself costs no
    /// allowance.
    ///
    /// - Returns: `nil` where the server says nothing.
    public func prediction() async throws(TunnelError) -> FailurePrediction? {
        try FailurePrediction(decoding: try await fetch(apiPath: "/_tsd_/prediction/"))
    }

    /// Asks OctoPrint about its print job. The answer's bytes count against the allowance.
    ///
    /// - Parameter apiKey: OctoPrint's own; without one it refuses (403), unless its access control is off.
    public func job(apiKey: Secret?) async throws(TunnelError) -> Proxied<OctoPrintJob> {
        let response = try await octoPrint("/api/job", apiKey: apiKey)
        return Proxied(value: try OctoPrintJob(decoding: response), received: response.received)
    }

    /// Fetches a picture of the live camera through the tunnel. Its bytes count against the allowance, and are not looked at.
    ///
    /// - Parameter left: the time in which it is of use: silence for too much of it, once the answer has begun, is a torn answer.
    public func livePicture(
        within left: Duration = TunnelLimits().proxiedDeadline
    ) async throws(TunnelError) -> ByteBuffer {
        try await octoPrint(
            "/webcam/?action=snapshot", method: .get, apiKey: nil,
            reading: AnswerReading(usefulFor: left, mayAnswerLate: true)
        ).body
    }

    /// Calls OctoPrint through the tunnel. The answer's bytes count against the allowance.
    ///
    /// - Parameters:
    ///   - path: such as `/api/version`, with its query if it has one, percent-encoded.
    ///   - method: a redirect of what is posted is not followed.
    ///   - apiKey: OctoPrint's own, which most of its calls want.
    public func octoPrint(
        _ path: String, method: HTTPExchangeMethod = .get, apiKey: Secret? = nil
    ) async throws(TunnelError) -> HTTPExchangeResponse {
        try await octoPrint(path, method: method, apiKey: apiKey, reading: .exact)
    }

    private func octoPrint(
        _ path: String, method: HTTPExchangeMethod, apiKey: Secret?, reading: AnswerReading
    ) async throws(TunnelError) -> HTTPExchangeResponse {
        let fetch = Fetch(
            respondent: TunnelRespondent.octoPrint.respondent, redirects: .sameOrigin,
            deadline: limits.proxiedDeadline, limit: limits.pictureBytes, reading: reading)
        let address = try endpoint.address(of: path)
        do throws(HTTPError) {
            return try await fetch.response(
                to: address, method: method, credentials: endpoint.credentials, apiKey: apiKey, through: transport)
        } catch {
            throw TunnelError(error, from: .octoPrint)
        }
    }

    private func fetch(apiPath: String) async throws(TunnelError) -> HTTPExchangeResponse {
        let fetch = Fetch(
            respondent: TunnelRespondent.tunnel.respondent, redirects: .sameOrigin, deadline: limits.apiDeadline,
            limit: limits.answerBytes, reading: AnswerReading(usefulFor: limits.apiDeadline))
        let address = try endpoint.address(of: apiPath)
        do throws(HTTPError) {
            return try await fetch.response(to: address, credentials: endpoint.credentials, through: transport)
        } catch {
            throw TunnelError(error, from: .tunnel)
        }
    }
}
