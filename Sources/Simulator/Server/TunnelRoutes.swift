internal import Foundation
internal import NIOCore
internal import Vocabulary

/// The tunnel's own server: everything under an endpoint, behind Basic credentials.
struct TunnelRoutes: Sendable {
    let simulation: Simulation
    /// Scheme, host and port of the account server, where the pictures are.
    let account: String

    func respond(to request: ServerRequest) async -> ResponseScript {
        simulation.catchUp()
        let place = place(of: request)
        let fault = simulation.strike(place)
        let answer = await answer(to: request, at: place, fault)
        simulation.record(
            RecordedRequest(
                server: .tunnel, method: request.method, path: request.path, target: request.target,
                headers: request.headers, status: answer.status, fault: fault?.description))
        // What the server's own checks refuse never comes to where anything else could go wrong with it.
        guard let fault, ![401, 481, 482].contains(answer.status) else { return answer.script(for: request.method) }
        return fault.spoil(answer, for: request.method)
    }

    private func place(of request: ServerRequest) -> FaultPlace {
        switch request.path {
        case "/_tsd_/tunnelusage/": .usage
        case "/_tsd_/webcam/0/": .webcam
        case "/_tsd_/prediction/": .prediction
        case "/webcam/": .live
        default: .octoprint
        }
    }

    /// The checks come in the order 401, 481, 482, 483.
    private func answer(to request: ServerRequest, at place: FaultPlace, _ fault: Fault?) async -> Answer {
        guard simulation.isAuthorized(request.header("Authorization")) else { return .unauthorized }
        if fault?.kind == .status(401) { return .unauthorized }
        switch place {
        case .usage:
            let now = simulation.accountTime
            return .json(simulation.withState { $0.allowance.answer(at: now) })
        case .webcam:
            return .json(webcam(fault))
        case .prediction:
            return .json(#"{"normalized_p": \#(prediction)}"#)
        default:
            guard !request.path.hasPrefix("/_tsd_/") else { return .page(404) }
            return await proxied(request, fault)
        }
    }

    private func webcam(_ fault: Fault?) -> String {
        let roll = simulation.roll
        let elapsed = simulation.elapsed
        var number = roll.newest(at: elapsed)
        if let fault, fault.kind == .stale {
            let isStill = fault.every == 1 && fault.next == nil
            number = max(0, isStill ? simulation.withState(\.stillSince) ?? number : number - 1)
        }
        guard let entry = roll.announced(upTo: number), elapsed - entry.takenAt < PictureRoll.lifetime else {
            return #"{"snapshot": null}"#
        }
        let target = "\(entry.path)?digest=\(simulation.digest(of: entry.path))"
        guard let fault else { return #"{"snapshot": "\#(account)\#(target)"}"# }
        return fault.webcamValue(account: account, target: target)
    }

    /// A small and restless number while something prints, as of a print that goes well.
    private var prediction: Double {
        if let told = simulation.withState(\.prediction) { return told }
        let moment = simulation.printer.moment(at: simulation.elapsed)
        return moment.phase == .printing ? 0.08 + 0.06 * sin(moment.since.inSeconds / 40) : 0
    }

    private func proxied(_ request: ServerRequest, _ fault: Fault?) async -> Answer {
        let now = simulation.accountTime
        guard !simulation.withState({ $0.allowance.isOver(at: now) }) else {
            return Answer(481, type: "text/html; charset=utf-8", "")
        }
        // A doubled slash misses the tunnel's own pages and goes to OctoPrint, which nobody is there to answer for.
        guard !request.path.hasPrefix("//") else { return Answer(482, type: "text/html; charset=utf-8", "") }
        if case .status(let status)? = fault?.kind { return Answer.failure(status, retryAfter: fault?.retryAfter) }
        let answer = await OctoPrint(simulation: simulation).answer(to: request)
        simulation.withState { $0.allowance.charge(answer.body.readableBytes, at: now) }
        return answer
    }
}

extension Answer {
    static var unauthorized: Answer {
        Answer(
            401, type: "text/html; charset=utf-8", "",
            headers: [HTTPField(name: "WWW-Authenticate", value: #"Basic realm="tunnel""#)])
    }

    /// The answer that a status as a fault gives.
    static func failure(_ status: Int, retryAfter: String?) -> Answer {
        let headers = retryAfter.map { [HTTPField(name: "Retry-After", value: $0)] } ?? []
        switch status {
        case 401: return .unauthorized
        case 480...489: return Answer(status, "", headers: headers)
        default: return .page(status, headers: headers)
        }
    }
}
