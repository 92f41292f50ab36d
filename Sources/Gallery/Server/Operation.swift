internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// One of the things that can be asked of the gallery: the whole of the API is ``Operation/all``.
struct Operation: Sendable {
    enum Kind: Sendable {
        /// For everybody who reaches the server.
        case open
        /// For who may look.
        case read
        /// For who may change something.
        case change
    }

    let method: HTTPRequest.Method
    /// Parts in braces are variable.
    let path: String
    let kind: Kind
    let answer: @Sendable (Gallery, Visit) async throws -> Response

    private init(
        _ method: HTTPRequest.Method, _ path: String, _ kind: Kind,
        _ answer: @escaping @Sendable (Gallery, Visit) async throws -> Response
    ) {
        (self.method, self.path, self.kind, self.answer) = (method, path, kind, answer)
    }

    private static func get(
        _ path: String, _ kind: Kind = .read, _ answer: @escaping @Sendable (Gallery, Visit) async throws -> Response
    ) -> Operation {
        Operation(.get, path, kind, answer)
    }

    private static func post(
        _ path: String, _ kind: Kind = .change, _ answer: @escaping @Sendable (Gallery, Visit) async throws -> Response
    ) -> Operation {
        Operation(.post, path, kind, answer)
    }

    static let all: [Operation] = [
        get("session", .open) { try await $0.getSession($1) },
        post("login", .open) { try await $0.logIn($1) },
        get("openapi.yaml", .open) { $0.getDescription($1) },
        get("events") { try await $0.getEvents($1) },
        get("cameras") { try await $0.getCameras($1) },
        get("cameras/names") { try await $0.getCameraNames($1) },
        get("cameras/{camera}/span") { try await $0.getSpan($1) },
        get("cameras/{camera}/timeline") { try await $0.getTimeline($1) },
        get("cameras/{camera}/curves") { try await $0.getCurves($1) },
        get("cameras/{camera}/at") { try await $0.getShownFrame($1) },
        get("cameras/{camera}/sheets/{level}/{index}") { try await $0.getSheet($1) },
        get("cameras/{camera}/when") { try await $0.getWhen($1) },
        get("coverage") { try await $0.getCoverage($1) },
        get("runs") { try await $0.getRuns($1) },
        get("heat") { try await $0.getHeat($1) },
        get("frames") { try await $0.getFrames($1) },
        get("frames/{frame}") { try await $0.getFrame($1) },
        get("frames/{frame}/picture") { try await $0.getPicture($1) },
        get("reel") { try await $0.getReel($1) },
        get("prints") { try await $0.getPrints($1) },
        get("prints/{print}") { try await $0.getPrint($1) },
        post("marks") { try await $0.mark($1) },
        post("marks/undo") { try await $0.undoMark($1) },
        get("timelapses") { try await $0.getTimelapses($1) },
        post("timelapses") { try await $0.makeTimelapse($1) },
        get("timelapses/plan") { try await $0.planTimelapse($1) },
        get("timelapses/{timelapse}") { try await $0.getTimelapse($1) },
        Operation(.delete, "timelapses/{timelapse}", .change) { try await $0.deleteTimelapse($1) },
        post("timelapses/{timelapse}/cancel") { try await $0.cancelTimelapse($1) },
        get("timelapses/{timelapse}/file") { try await $0.getTimelapseFile($1) },
        get("timelapses/{timelapse}/poster") { try await $0.getTimelapsePoster($1) },
        get("status") { try await $0.getStatus($1) },
        get("doctor") { try await $0.getDoctor($1) },
        get("verify") { try await $0.getVerification($1) },
        get("stats") { try await $0.getStats($1) },
        get("usage") { try await $0.getUsage($1) },
        get("alerts") { try await $0.getAlerts($1) },
    ]
}

/// Finds the operation that a request asks for.
struct OperationTable: Sendable {
    private struct Entry: Sendable {
        let operation: Operation
        let parts: [Substring]
    }

    private let entries: [Entry]

    /// Where two fit, the first one counts: what is fixed stands before what is variable.
    init(_ operations: [Operation] = Operation.all) {
        entries = operations.map { Entry(operation: $0, parts: $0.path.split(separator: "/")) }
    }

    enum Finding {
        case operation(Operation, parts: [String: String])
        /// There is something there, but not by this method.
        case others([HTTPRequest.Method])
        case nothing
    }

    /// - Parameter path: behind `/api/v1/`, still percent-encoded: a fixed part is only what is written so.
    func operation(_ method: HTTPRequest.Method, _ path: Substring) -> Finding {
        let asked = path.split(separator: "/", omittingEmptySubsequences: false)
        // HEAD is GET without a body.
        let wanted = method == .head ? .get : method
        var others: [HTTPRequest.Method] = []
        var found: (Operation, [String: String])?
        for entry in entries {
            guard let parts = Self.match(entry.parts, asked) else { continue }
            if entry.operation.method == wanted {
                if found == nil { found = (entry.operation, parts) }
            } else {
                others += entry.operation.method == .get ? [.get, .head] : [entry.operation.method]
            }
        }
        if let found { return .operation(found.0, parts: found.1) }
        return others.isEmpty ? .nothing : .others(others)
    }

    private static func match(_ pattern: [Substring], _ asked: [Substring]) -> [String: String]? {
        guard pattern.count == asked.count else { return nil }
        var parts: [String: String] = [:]
        for (pattern, part) in zip(pattern, asked) {
            if pattern.hasPrefix("{") {
                guard let text = String(part).removingPercentEncoding, !text.isEmpty else { return nil }
                parts[String(pattern.dropFirst().dropLast())] = text
            } else if pattern != part {
                return nil
            }
        }
        return parts
    }
}
