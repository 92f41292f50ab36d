internal import Foundation
internal import NIOCore

/// OctoPrint's bundled plugin “appkeys”, as programs see it.
struct ApplicationKeyPages: Sendable {
    static let path = "/plugin/appkeys/"
    /// OctoPrint names itself as the tunnel's agent reaches it.
    private static let own = "http://127.0.0.1:5000" + path

    let simulation: Simulation

    func answer(to request: ServerRequest) -> Answer {
        let page = request.path.dropFirst(Self.path.count)
        switch (request.method, page) {
        case ("GET", "probe"): return Answer(204, "")
        case ("POST", "request"): return ask(request)
        case ("GET", _) where page.hasPrefix("request/"): return poll(String(page.dropFirst("request/".count)))
        default: return .page(404)
        }
    }

    private func ask(_ request: ServerRequest) -> Answer {
        struct Wish: Decodable {
            var app: String
        }
        guard request.header("Content-Type") == "application/json", let wish: Wish = try? request.decoded() else {
            return .page(400)
        }
        let now = simulation.accountTime
        let token = simulation.withState { state in
            let token = state.random.digits(32)
            state.applicationKeys.ask(for: wish.app, token: token, at: now)
            return token
        }
        return Answer(
            201, type: "application/json",
            #"{"app_token":"\#(token)","auth_dialog":"\#(Self.own)auth/\#(token)"}"#,
            headers: [HTTPField(name: "Location", value: "\(Self.own)request/\(token)")])
    }

    private func poll(_ token: String) -> Answer {
        let now = simulation.accountTime
        return simulation.withState { state in
            switch state.applicationKeys.answer(to: token, at: now) {
            case .waiting: return Answer(202, type: "application/json", #"{"message":"Awaiting decision"}"#)
            case .unknown: return .page(404)
            case .granted(let app):
                var random = state.random
                let key = state.applicationKeys.key(of: app) { random.digits(32) }
                state.random = random
                return .json(#"{"api_key":"\#(key)"}"#)
            }
        }
    }
}
