internal import Synchronization
package import Vocabulary

/// A tunnel on 127.0.0.1 that behaves like the real server, with a printer behind it that prints.
///
/// Two servers listen: the tunnel's own, which asks for Basic credentials, and the account's, which has the pictures, the
/// authorization pages and the control endpoint.
package final class SimulatedTunnel: Sendable {
    /// The tunnel as an app gets it, credentials included: `http://USER:PASSWORD@127.0.0.1:PORT`.
    package let endpoint: String
    /// The account server: `http://127.0.0.1:PORT`.
    package let accountURL: String

    private let simulation: Simulation
    private let servers: Mutex<Task<Void, Never>?>

    /// Starts both servers.
    ///
    /// - Throws: ``SimulatorError/settings(reason:)``, ``SimulatorError/cannotListen(port:reason:)``
    package static func start(
        _ settings: SimulatorSettings = SimulatorSettings()
    ) async throws(SimulatorError) -> SimulatedTunnel {
        try settings.check()
        let tunnel = try await LoopbackServer.bind(port: settings.tunnelPort)
        do throws(SimulatorError) {
            return SimulatedTunnel(settings, tunnel, try await LoopbackServer.bind(port: settings.accountPort))
        } catch {
            await tunnel.close()
            throw error
        }
    }

    private init(_ settings: SimulatorSettings, _ tunnel: LoopbackServer, _ account: LoopbackServer) {
        let simulation = Simulation(settings)
        let credentials = simulation.authorize()
        let tunnelHost = "127.0.0.1:\(tunnel.port)"
        let accountURL = "http://127.0.0.1:\(account.port)"
        self.simulation = simulation
        self.accountURL = accountURL
        endpoint = "http://\(credentials.user):\(credentials.password)@\(tunnelHost)"
        let tunnelRoutes = TunnelRoutes(simulation: simulation, account: accountURL)
        let accountRoutes = AccountRoutes(
            simulation: simulation, authorization: AuthorizationPages(simulation: simulation, tunnelHost: tunnelHost))
        servers = Mutex(
            Task {
                async let first: Void = tunnel.run { await tunnelRoutes.respond(to: $0) }
                async let second: Void = account.run { await accountRoutes.respond(to: $0) }
                _ = await (first, second)
            })
    }

    /// Draws what stands still in the scene, which the first picture would otherwise wait for: about half a second at 720p.
    ///
    /// - Throws: ``SimulatorError/encoding(reason:)``
    package func prepareCamera() async throws(SimulatorError) {
        try await simulation.studio.prepare()
    }

    /// Closes both servers and every connection. Returns when they are closed.
    package func stop() async {
        let task = servers.withLock { task in
            defer { task = nil }
            return task
        }
        task?.cancel()
        await task?.value
    }

    /// GET gives the simulation's state as JSON, POST changes it.
    package var controlURL: String { accountURL + Control.path }

    /// Where an app sends its user for a tunnel, without a query.
    package var authorizationURL: String { accountURL + "/tunnels/new/" }

    // MARK: Faults

    /// The faults that are armed now, in the order of arming. What is left of a counted one stands in its `next`.
    package var faults: [Fault] { simulation.withState { $0.faults.faults } }

    /// Arms a fault, in place of an earlier one of the same kind at the same places.
    package func set(_ fault: Fault) { simulation.arm(fault) }

    /// Disarms every fault.
    package func clearFaults() { simulation.withState { $0.faults.clear() } }

    /// Disarms the faults of one kind.
    package func clear(_ kind: FaultKind) { simulation.withState { $0.faults.clear(kind) } }

    /// What goes wrong when, on a bad day.
    package var badDay: BadDay? { simulation.badDay }

    /// What came of it so far.
    package var badDayReport: BadDayReport? {
        simulation.catchUp()
        return simulation.badDayReport
    }

    // MARK: Account

    /// What the account has used this month.
    package var used: ByteCount {
        let now = simulation.accountTime
        return simulation.withState { $0.allowance.total(at: now) }
    }

    package func setUsed(_ total: ByteCount) {
        let now = simulation.accountTime
        simulation.withState { $0.allowance.set(total, at: now) }
    }

    /// - Parameter cap: `nil` for none.
    package func setMonthlyCap(_ cap: ByteCount?) {
        simulation.withState { $0.allowance.cap = cap }
    }

    /// Revokes every tunnel, as the user does under Authorized Apps.
    package func revokeTunnels() { simulation.withState { $0.tunnels.removeAll() } }

    // MARK: Time and printing

    /// Simulated time since the start.
    package var elapsed: Duration { simulation.elapsed }

    /// The instant that corresponds to simulated time 0.
    package var startedAt: Timestamp { simulation.start }

    /// Puts simulated time forward, the printer's and the account's.
    package func advance(by duration: Duration) { simulation.advance(by: duration) }

    /// The printer as it is now, for asking what it did or will do at any simulated time.
    package var printer: SimulatedPrinter { simulation.printer }

    /// Starts a print now, whatever was on the bed.
    ///
    /// - Parameter number: its number, where that is not to be the next one, as after a reset of the server.
    package func startPrint(number: Int? = nil) { simulation.schedule { $0.begin(at: $1, number: number) } }

    /// Cancels the print now; what was printed of it stays on the bed.
    package func stopPrint() { simulation.schedule { $0.end(at: $1) } }

    /// Holds the print that is running.
    package func pausePrint() { simulation.schedule { $0.pause(at: $1) } }

    /// Opens the server's page: the newest picture, and those after it, are uploaded as if nothing were printing.
    ///
    /// - Parameter pictures: how many; the real agent posts one to three.
    package func openPage(pictures: Int = 1) { simulation.boost(pictures) }

    /// Goes on with a print that is held.
    package func resumePrint() { simulation.schedule { $0.resume(at: $1) } }

    // MARK: OctoPrint

    /// Decides all requests for an API key that wait, as OctoPrint's user does.
    ///
    /// - Returns: how many there were.
    @discardableResult
    package func decideKeyRequests(_ decision: KeyDecision) -> Int {
        simulation.withState { $0.applicationKeys.decide(decision) }
    }

    /// Sets what the failure detection says; `nil` lets it say its own.
    package func setPrediction(_ value: Double?) { simulation.withState { $0.prediction = value } }

    // MARK: Requests

    /// The newest requests to both servers, oldest first, control requests left out.
    package var requests: [RecordedRequest] { simulation.withState(\.requests) }

    /// Forgets the recorded requests.
    package func clearRequests() { simulation.withState { $0.requests.removeAll() } }
}
