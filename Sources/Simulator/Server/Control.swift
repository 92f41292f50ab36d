internal import Foundation
internal import NIOCore
internal import Vocabulary

/// What steers a running simulation over HTTP: GET gives its state, POST changes it.
///
/// A POST's body is a JSON document with any of the keys `clear` (true, or a fault's name), `fault` (a text or a list of them),
/// `usage` and `cap` (bytes, a cap below 0 lifts it), `advance` (a duration such as `40m`), `print` (`start`, `pause`, `resume`,
/// `stop`), `print_number` (of the print that is started, as after a reset of the server), `boost` (somebody opens the server's
/// page: so many pictures are uploaded as of no print), `octoprint_key` (`allow` or `deny` to the programs that ask for one) and `prediction` (0 to 1).
struct Control: Sendable {
    static let path = "/_simulator/"

    let simulation: Simulation

    private struct Change: Decodable {
        var clear: OneOrMany?
        var fault: OneOrMany?
        var usage: Int64?
        var cap: Int64?
        var advance: String?
        var print: PrintChange?
        var printNumber: Int?
        var boost: Int?
        var octoprintKey: KeyDecision?
        var prediction: Double?
    }

    private enum PrintChange: String, Decodable {
        case start, pause, resume, stop
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
        for kind in cleared {
            simulation.withState { if let kind { $0.faults.clear(kind) } else { $0.faults.clear() } }
        }
        for fault in faults { simulation.arm(fault) }
        if let advance { simulation.advance(by: advance) }
        let now = simulation.accountTime
        if let usage = change.usage { simulation.withState { $0.allowance.set(ByteCount(usage), at: now) } }
        if let cap = change.cap { simulation.withState { $0.allowance.cap = cap < 0 ? nil : ByteCount(cap) } }
        simulation.withState { state in
            if let decision = change.octoprintKey { state.applicationKeys.decide(decision) }
            if let prediction = change.prediction { state.prediction = prediction }
        }
        if let boost = change.boost { simulation.boost(min(boost, 1000)) }
        guard let print = change.print else { return }
        simulation.schedule { schedule, elapsed in
            switch print {
            case .start: schedule.begin(at: elapsed, number: change.printNumber)
            case .pause: schedule.pause(at: elapsed)
            case .resume: schedule.resume(at: elapsed)
            case .stop: schedule.end(at: elapsed)
            }
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
        var keyRequests: Int
        var badDay: Day?
    }

    /// A ``BadDay`` as it goes: the phases by the clock, in seconds since 1970.
    private struct Day: Encodable {
        struct Phase: Encodable {
            let name: String
            let from: Double
            let until: Double
            let pictures: Bool
        }

        let phases: [Phase]
        let uploaded: Int
        let available: Int
        let sentWhole: Int
    }

    private var day: Day? {
        guard let day = simulation.badDay, let report = simulation.badDayReport else { return nil }
        func instant(_ time: Duration) -> Double { Double((simulation.start + time).milliseconds) / 1000 }
        return Day(
            phases: day.phases.map {
                .init(name: $0.name, from: instant($0.from), until: instant($0.until), pictures: $0.hasPictures)
            }, uploaded: report.uploaded, available: report.available, sentWhole: report.sentWhole)
    }

    private func state() -> Answer {
        let moment = simulation.printer.moment(at: simulation.elapsed)
        let elapsed = simulation.elapsed.inSeconds
        let (now, day) = (simulation.accountTime, day)
        let state = simulation.withState { state in
            State(
                phase: moment.isPaused ? "paused" : moment.phase.rawValue, print: moment.number,
                progress: moment.progress, elapsedSeconds: elapsed,
                faults: state.faults.faults.map(\.description), total: state.allowance.total(at: now).bytes,
                monthlyCap: state.allowance.cap?.bytes ?? -1, requests: state.requests.count,
                keyRequests: state.applicationKeys.waiting, badDay: day)
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
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Value.self, from: Data(body.readableBytesView))
    }
}
