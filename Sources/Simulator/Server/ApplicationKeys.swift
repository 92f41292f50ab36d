internal import Vocabulary

/// OctoPrint's Application Keys: who asks for one, who was given which.
struct ApplicationKeys: Sendable {
    private struct Request: Sendable {
        let app: String
        let token: String
        var polledAt: Timestamp
        /// `nil` while nobody decided.
        var decision: KeyDecision?
    }

    enum Answer: Sendable {
        case waiting
        case granted(app: String)
        /// Denied, handed out already, dropped, or never asked for.
        case unknown
    }

    /// OctoPrint drops a request that nobody asked after for so long.
    private static let patience = Duration.seconds(5)

    /// What its user says at once; `nil` for one who has to be asked.
    private let decision: KeyDecision?
    private var requests: [Request] = []
    /// The keys, by the app's name in lower case: an app that asks again gets the same one.
    private var keys: [String: String] = [:]

    init(decision: KeyDecision?) {
        self.decision = decision
    }

    var given: Set<String> { Set(keys.values) }

    /// How many requests wait for a decision.
    var waiting: Int { requests.count { $0.decision == nil } }

    mutating func ask(for app: String, token: String, at now: Timestamp) {
        requests.append(Request(app: app, token: token, polledAt: now))
    }

    /// Decides all that wait, and says how many.
    @discardableResult
    mutating func decide(_ decision: KeyDecision) -> Int {
        let undecided = requests.indices.filter { requests[$0].decision == nil }
        for index in undecided { requests[index].decision = decision }
        return undecided.count
    }

    /// What an app is told that asks after its request.
    mutating func answer(to token: String, at now: Timestamp) -> Answer {
        requests.removeAll { $0.decision == nil && now - $0.polledAt > Self.patience }
        guard let index = requests.firstIndex(where: { $0.token == token }) else { return .unknown }
        guard let decided = requests[index].decision else {
            requests[index].polledAt = now
            // One who decides at once has it done by the next question.
            requests[index].decision = decision
            return .waiting
        }
        let request = requests.remove(at: index)
        return decided == .allow ? .granted(app: request.app) : .unknown
    }

    /// The key of an app, made by `make` where it has none yet.
    mutating func key(of app: String, make: () -> String) -> String {
        let key = keys[app.lowercased()] ?? make()
        keys[app.lowercased()] = key
        return key
    }
}
