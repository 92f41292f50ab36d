public import HTTP
public import Vocabulary

/// The way of a user through OctoPrint to an API key of an app's own: its Application Keys workflow.
///
/// As OctoPrint documents its bundled plugin “appkeys”: a probe is answered with 204, a request with 201 and a token, and then that
/// token is asked for again and again: 202 until somebody decides, 200 with the key, 404 when it was denied. A request whose
/// token nobody asks for during 5 s is dropped. All of it is proxied, and counts against the allowance.
public struct OctoPrintKeyRequest: Sendable {
    /// How long a user has.
    public static let standardTimeLimit = Duration.seconds(300)
    /// OctoPrint's manual says a second. Twice that costs half the allowance, and with a slow answer is still below 5 s.
    static let pause = Duration.seconds(2)

    private let client: TunnelClient
    private let app: AppName
    private let timeLimit: Duration
    private let clock: any Clock<Duration>

    /// - Parameters:
    ///   - client: speaks to the tunnel.
    ///   - app: what OctoPrint shows to its user.
    ///   - timeLimit: how long the user has.
    ///   - clock: measures the time limit and the pauses between questions.
    public init(
        client: TunnelClient, app: AppName, timeLimit: Duration = standardTimeLimit,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        (self.client, self.app, self.timeLimit, self.clock) = (client, app, timeLimit, clock)
    }

    /// Runs the workflow to its end.
    ///
    /// - Parameters:
    ///   - present: tells the user to decide; called when OctoPrint shows the request.
    ///   - charge: is told the bytes of each answer as it comes, failed ones too: they cost allowance.
    /// - Throws: ``AuthorizationError``, ``TunnelError``, `CancellationError`
    public func run(
        present: @escaping @Sendable () async -> Void, charge: @escaping @Sendable (ByteCount) -> Void
    ) async throws -> Secret {
        try await withThrowingTaskGroup(of: Secret.self) { [clock, timeLimit] ways in
            defer { ways.cancelAll() }
            ways.addTask {
                let token = try await self.token(charge)
                await present()
                return try await self.key(for: token, charge)
            }
            ways.addTask {
                try await clock.sleep(for: timeLimit)
                throw AuthorizationError.timedOut(after: timeLimit)
            }
            guard let key = try await ways.next() else { throw CancellationError() }
            return key
        }
    }

    /// Starts the workflow.
    private func token(_ charge: (ByteCount) -> Void) async throws -> OctoPrintRequestToken {
        do {
            guard try await call("probe", .get, charge).status == 204 else { throw AuthorizationError.keysNotOffered }
            return try OctoPrintRequestToken(of: try await call("request", .post(json: app.wish), charge))
        } catch TunnelError.status(.plain(.notFound), .octoPrint, _), TunnelError.status(
            .plain(.forbidden), .octoPrint, _)
        {
            // OctoPrint forbids it until it was set up by its first user.
            throw AuthorizationError.keysNotOffered
        }
    }

    /// Asks until somebody has decided.
    private func key(for token: OctoPrintRequestToken, _ charge: (ByteCount) -> Void) async throws -> Secret {
        while true {
            do throws(TunnelError) {
                let answer = try await call("request/\(token.text.revealed)", .get, charge)
                if answer.status != 202 { return try Secret(grantedIn: answer) }
            } catch .status(.plain(.notFound), .octoPrint, _) {
                throw AuthorizationError.keyDenied
            } catch {
                guard error.passes else { throw error }
            }
            try await clock.sleep(for: Self.pause)
        }
    }

    private func call(
        _ path: String, _ method: HTTPExchangeMethod, _ charge: (ByteCount) -> Void
    ) async throws(TunnelError) -> HTTPExchangeResponse {
        do throws(TunnelError) {
            let response = try await client.octoPrint("/plugin/appkeys/\(path)", method: method)
            charge(response.received)
            return response
        } catch {
            charge(error.bytesReceived)
            throw error
        }
    }
}

extension TunnelError {
    /// Whether the next question may well be answered: this one was lost on its way.
    fileprivate var passes: Bool {
        switch self {
        case .http(.noAnswer), .http(.cutShort), .status(.printerTimeout, _, _), .status(.plain(.badGateway), _, _),
            .status(.plain(.gatewayTimeout), _, _):
            true
        default: false
        }
    }
}
