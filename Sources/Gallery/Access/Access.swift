internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Synchronization
internal import Vocabulary

/// Who may ask for what.
struct Access: Sendable {
    let signer = SessionSigner()
    private let hosts: HostList
    private let password: PasswordHash?
    private let proxyHeader: HTTPField.Name?
    private let allowsChanges: Bool
    let isSecure: Bool
    private let attempts = Attempts()

    init(_ settings: GallerySettings) {
        hosts = HostList(settings)
        (password, allowsChanges) = (settings.password, settings.allowsChanges)
        proxyHeader = settings.proxyHeader.flatMap { HTTPField.Name($0) }
        isSecure = settings.certificate != nil
    }

    /// - Throws: where the request is not for this server.
    func requireHost(of request: Request) throws(Problem) {
        guard hosts.allows(request.head.authority) else {
            throw Problem(
                status: .misdirectedRequest, label: "host", detail: "The gallery is not asked for under its own name.",
                hint: "Whoever runs it can name others that it has.")
        }
    }

    /// The visitor's session, where there is one.
    func session(of request: Request, at now: Timestamp) -> Session? {
        request.cookies[Session.cookie].flatMap { signer.session(from: $0.value, at: now) }
    }

    /// Whether a visitor may look.
    func mayLook(_ session: Session?, _ request: Request) -> Bool {
        if let proxyHeader {
            guard let name = request.headers[proxyHeader], !name.isEmpty else { return false }
            return true
        }
        return password == nil || session?.isLoggedIn == true
    }

    /// - Throws: where the request comes from a page of somebody else.
    func requireSameOrigin(_ request: Request) throws(Problem) {
        let crossSite = Problem(
            status: .forbidden, label: "cross_site", detail: "The request comes from another site's page.")
        if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" { throw crossSite }
        if let origin = request.headers[.origin] {
            guard let authority = request.head.authority,
                ["http://", "https://"].contains(where: { origin.lowercased() == $0 + authority.lowercased() })
            else { throw crossSite }
        }
    }

    /// - Throws: where a visitor may change nothing.
    func requireChange(_ request: Request, _ session: Session?) throws(Problem) {
        guard allowsChanges else { throw .readOnly }
        try requireSameOrigin(request)
        guard let session, signer.isToken(request.headers[.printlapseToken], of: session) else {
            throw Problem(
                status: .forbidden, label: "token", detail: "The request lacks the session's token.",
                hint: "Load the page anew.")
        }
    }

    /// The session of who knows the password.
    ///
    /// - Parameter peer: whose attempts are counted.
    func logIn(_ password: String, from peer: String, at now: Timestamp) async throws(Problem) -> Session {
        guard let known = self.password else { return signer.begin(isLoggedIn: false, at: now) }
        if let wait = attempts.wait(of: peer, at: now) { throw Self.tooMany(wait) }
        guard attempts.begin() else { throw Self.tooMany(.seconds(1)) }
        defer { attempts.end() }
        let isRight = await Self.beside { known.matches(password) }
        guard isRight else {
            attempts.failed(peer, at: now)
            throw Problem(status: .unauthorized, label: "login", detail: "The password is not right.")
        }
        attempts.succeeded(peer)
        return signer.begin(isLoggedIn: true, at: now)
    }

    private static func tooMany(_ wait: Duration) -> Problem {
        let seconds = max(1, wait.components.seconds)
        return Problem(
            status: .tooManyRequests, label: "attempts", detail: "There were too many attempts.",
            hint: "Try again in \(seconds) s.", headers: [.retryAfter: "\(seconds)"])
    }

    /// On a thread that may be kept busy.
    private static func beside<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: work()) }
        }
    }
}

/// Counts wrong passwords: each one in a row doubles the time until the next is looked at.
final class Attempts: Sendable {
    private struct State {
        var atWork = 0
        var failures: [String: (count: Int, last: Timestamp)] = [:]
    }

    private let state = Mutex(State())
    /// So many may be looked at at once: each takes a core for 100 ms.
    private static let mostAtWork = 2
    private static let mostPeers = 1000
    private static let longestWait = Duration.seconds(300)

    /// How long a peer has to wait before its next attempt; `nil` for not at all.
    func wait(of peer: String, at now: Timestamp) -> Duration? {
        state.withLock { state in
            guard let (count, last) = state.failures[peer], count >= 3 else { return nil }
            let wait = min(Self.longestWait, .seconds(1 << min(count - 3, 10))) - (now - last)
            return wait > .zero ? wait : nil
        }
    }

    func begin() -> Bool {
        state.withLock { state in
            guard state.atWork < Self.mostAtWork else { return false }
            state.atWork += 1
            return true
        }
    }

    func end() { state.withLock { $0.atWork -= 1 } }

    func failed(_ peer: String, at now: Timestamp) {
        state.withLock { state in
            if state.failures.count >= Self.mostPeers {
                // Those whose waiting is over, or else all of them, make room.
                state.failures = state.failures.filter { now - $0.value.last < Self.longestWait }
                if state.failures.count >= Self.mostPeers { state.failures = [:] }
            }
            state.failures[peer] = ((state.failures[peer]?.count ?? 0) + 1, now)
        }
    }

    func succeeded(_ peer: String) { state.withLock { $0.failures[peer] = nil } }
}

extension HTTPField.Name {
    static let printlapseToken = HTTPField.Name("X-Printlapse-Token")!
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let crossOriginResourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering")!
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
}
