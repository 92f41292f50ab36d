internal import NIOCore
internal import Synchronization
internal import Vocabulary

/// What both servers and whoever steers them share.
final class Simulation: Sendable {
    struct State: Sendable {
        var printer: SimulatedPrinter
        var faults = FaultBoard()
        var allowance: Allowance
        var tunnels: [Credentials] = []
        var requests: [RecordedRequest] = []
        /// How far simulated time was put forward by hand.
        var advanced: Duration = .zero
        /// The newest picture when the camera was made to stand still.
        var stillSince: Int?
        /// The pictures that were uploaded because somebody opened the server's page.
        var boosts: Set<Int> = []
        /// The pictures that were sent as they are.
        var sentWhole: Set<Int> = []
        /// Of a bad day.
        var stepsTaken = 0
        var applicationKeys: ApplicationKeys
        /// What the failure detection says, where it was told.
        var prediction: Double?
        var random: RandomNumbers
    }

    let settings: SimulatorSettings
    let start: Timestamp
    let badDay: BadDay?
    let studio: PictureStudio
    private let key: [UInt8]
    private let state: Mutex<State>

    init(_ settings: SimulatorSettings) {
        badDay = settings.badDay.map { BadDay(seed: settings.seed, length: $0) }
        var settings = settings
        // A print that lasts beyond the day, so that what happens to it is the day's doing.
        if let badDay { settings.printDuration = max(settings.printDuration, badDay.length * settings.speed * 2) }
        self.settings = settings
        start = settings.now()
        studio = PictureStudio(settings)
        var random = RandomNumbers(seed: settings.seed, 0x7a7)
        key = (0..<32).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        state = Mutex(
            State(
                printer: SimulatedPrinter(settings),
                allowance: Allowance(
                    used: settings.used, cap: settings.monthlyCap, resetsLate: settings.resetsLate, at: start),
                applicationKeys: ApplicationKeys(decision: settings.keyDecision), random: random))
        for fault in settings.faults { arm(fault) }
    }

    func withState<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        state.withLock { body(&$0) }
    }

    // MARK: Time

    /// Simulated time since the start.
    var elapsed: Duration {
        elapsed(advanced: withState(\.advanced))
    }

    private func elapsed(advanced: Duration) -> Duration {
        let real = (settings.now() - start).milliseconds
        return .milliseconds(Int64((Double(real) * settings.speed).rounded(.down))) + advanced
    }

    /// The account's clock: the real one, put forward by hand. Only the printer's time passes at another speed.
    var accountTime: Timestamp {
        settings.now() + withState(\.advanced)
    }

    func advance(by duration: Duration) {
        withState { $0.advanced += duration }
    }

    // MARK: Printer

    var printer: SimulatedPrinter { withState(\.printer) }

    var roll: PictureRoll {
        PictureRoll(
            printer: printer, start: start, interval: settings.pictureInterval, printerNumber: settings.printerNumber,
            taggedEvery: settings.taggedEvery, picturesWhileIdle: settings.picturesWhileIdle,
            namesHaveFractions: settings.namesHaveFractions, boosts: withState(\.boosts))
    }

    /// Somebody opens the server's page: the newest picture and so many after it, less one, are uploaded as of no print.
    ///
    /// - Parameter instant: simulated time; `nil` for now.
    func boost(_ count: Int, at instant: Duration? = nil) {
        let newest = roll.newest(at: instant ?? elapsed)
        withState { $0.boosts.formUnion(newest..<newest + max(0, count)) }
    }

    /// Changes what the printer does from now on.
    func schedule(_ change: (inout PrintSchedule, _ elapsed: Duration) -> Void) {
        let elapsed = elapsed
        withState { change(&$0.printer.schedule, elapsed) }
    }

    // MARK: Faults

    func arm(_ fault: Fault) {
        let newest = roll.newest(at: elapsed)
        withState { state in
            state.faults.arm(fault)
            if fault.kind == .stale { state.stillSince = newest }
        }
    }

    func strike(_ place: FaultPlace) -> Fault? {
        withState { $0.faults.strike(place) }
    }

    // MARK: Account

    /// A new tunnel; the earlier ones stay valid.
    func authorize() -> Credentials {
        withState { state in
            let credentials = Credentials(user: state.random.digits(64), password: state.random.digits(64))
            state.tunnels.append(credentials)
            return credentials
        }
    }

    func isAuthorized(_ authorization: String?) -> Bool {
        guard let authorization else { return false }
        return withState { state in state.tunnels.contains { $0.authorization == authorization } }
    }

    func digest(of path: String) -> String {
        Digest.hmac(path, key: key)
    }

    /// Whether OctoPrint answers whoever sends this key.
    func isOctoPrintUser(_ key: String?) -> Bool {
        guard let required = settings.octoPrintKey else { return true }
        return key == required || withState { state in key.map(state.applicationKeys.given.contains) ?? false }
    }

    func record(_ request: RecordedRequest) {
        withState { state in
            state.requests.append(request)
            let surplus = state.requests.count - settings.requestsKept
            if surplus > 0 { state.requests.removeFirst(surplus) }
        }
    }
}

extension RandomNumbers {
    /// Hexadecimal digits, an even number of them.
    mutating func digits(_ count: Int) -> String {
        Digest.hexadecimal((0..<(count / 2)).map { _ in UInt8(truncatingIfNeeded: next()) })
    }
}
