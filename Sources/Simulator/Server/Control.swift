internal import Foundation
internal import NIOCore
internal import Vocabulary

/// What steers a running simulation over HTTP: GET gives its state, POST changes it.
///
/// A POST's body is a JSON document with any of the keys `clear` (true, or a fault's name), `fault` (a text or a list of them),
/// `usage` and `cap` (bytes, a cap below 0 lifts it), `advance` (a duration such as `40m`) and `print` (`start` or `stop`).
struct Control: Sendable {
    static let path = "/_simulator/"

    let simulation: Simulation

    private struct Change: Decodable {
        var clear: OneOrMany?
        var fault: OneOrMany?
        var usage: Int64?
        var cap: Int64?
        var advance: String?
        var print: String?
    }

    /// `true`, a text, or a list of texts.
    private struct OneOrMany: Decodable {
        let texts: [String]

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let flag = try? value.decode(Bool.self) {
                texts = flag ? [""] : []
            } else if let text = try? value.decode(String.self) {
                texts = [text]
            } else {
                texts = try value.decode([String].self)
            }
        }
    }

    func answer(to request: ServerRequest) -> Answer {
        guard request.path == Self.path else { return .page(404) }
        switch request.method {
        case "GET", "HEAD": return state()
        case "POST":
            do {
                try apply(request.decoded())
                return state()
            } catch {
                return Answer(400, type: "text/plain; charset=utf-8", "\(error)\n")
            }
        default: return .page(405)
        }
    }

    private func apply(_ change: Change) throws {
        // Everything is understood before anything is done.
        let cleared = try change.clear?.texts.map { try $0.isEmpty ? nil : Fault(parsing: $0).kind } ?? []
        let faults = try change.fault?.texts.map { try Fault(parsing: $0) } ?? []
        let advance = try change.advance.map { try Duration(parsing: $0) }
        if let action = change.print, action != "start", action != "stop" {
            throw SimulatorError.settings(reason: "print is start or stop")
        }
        for kind in cleared {
            simulation.withState { if let kind { $0.faults.clear(kind) } else { $0.faults.clear() } }
        }
        for fault in faults { simulation.arm(fault) }
        if let advance { simulation.advance(by: advance) }
        let now = simulation.accountTime
        if let usage = change.usage { simulation.withState { $0.allowance.set(ByteCount(usage), at: now) } }
        if let cap = change.cap { simulation.withState { $0.allowance.cap = cap < 0 ? nil : ByteCount(cap) } }
        switch change.print {
        case "start": simulation.startPrint()
        case "stop": simulation.stopPrint()
        default: break
        }
    }

    private struct State: Encodable {
        var phase: String
        var print: Int?
        var progress: Double
        var elapsedSeconds: Double
        var faults: [String]
        var total: Int64
        var monthlyCap: Int64
        var requests: Int
    }

    private func state() -> Answer {
        let moment = simulation.printer.moment(at: simulation.elapsed)
        let elapsed = simulation.elapsed.inSeconds
        let now = simulation.accountTime
        let state = simulation.withState { state in
            State(
                phase: moment.phase.rawValue, print: moment.number, progress: moment.progress, elapsedSeconds: elapsed,
                faults: state.faults.faults.map(\.description), total: state.allowance.total(at: now).bytes,
                monthlyCap: state.allowance.cap?.bytes ?? -1, requests: state.requests.count)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        guard let json = try? encoder.encode(state) else { return .page(500) }
        return .json(String(decoding: json, as: UTF8.self) + "\n")
    }
}

extension ServerRequest {
    /// The body, read as JSON.
    func decoded<Value: Decodable>() throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
    }
}
