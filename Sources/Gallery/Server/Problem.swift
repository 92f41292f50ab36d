internal import Formats
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Vocabulary

/// Why a request is not answered as it asks, as `application/problem+json` (RFC 9457) says it: a label from a fixed set for
/// programs, a sentence and a hint for people.
struct Problem: Error {
    let status: HTTPResponse.Status
    let label: String
    let detail: String
    var hint: String?
    var headers: HTTPFields = [:]

    static func badRequest(_ detail: String) -> Problem {
        Problem(status: .badRequest, label: "bad_request", detail: detail)
    }

    static func notFound(_ label: String, _ detail: String, hint: String? = nil) -> Problem {
        Problem(status: .notFound, label: label, detail: detail, hint: hint)
    }

    static func noSuchCamera(_ name: String) -> Problem {
        notFound("no_such_camera", "There is no camera “\(name.printable)” in the archive.")
    }

    static func noSuchFrame(_ frame: FrameID) -> Problem {
        notFound(
            "no_such_frame", "There is no frame \(frame).", hint: "It may have been pruned: look at the page again.")
    }

    static func noSuchPrint(_ number: Int64) -> Problem { notFound("no_such_print", "There is no print \(number).") }

    static func conflict(_ detail: String) -> Problem { Problem(status: .conflict, label: "conflict", detail: detail) }

    /// As many as can be are at work.
    /// Whether whoever runs the gallery is to hear of it.
    var isTrouble: Bool { status == .internalServerError || ["store", "offloaded"].contains(label) }

    static func busy(retryAfter: Duration = .seconds(1)) -> Problem {
        Problem(
            status: .serviceUnavailable, label: "busy", detail: "As many as can be are at work.",
            hint: "Ask again in a moment.", headers: [.retryAfter: "\(max(1, retryAfter.components.seconds))"])
    }

    static func damaged(_ detail: String) -> Problem {
        Problem(
            status: .unprocessableContent, label: "damaged", detail: detail,
            hint: "“printlapse verify” says what else is.")
    }

    /// - Parameter size: of what a part was asked of, in bytes.
    static func range(size: Int) -> Problem {
        Problem(
            status: .rangeNotSatisfiable, label: "range", detail: "The part asked for lies behind the end.",
            headers: [.contentRange: "bytes */\(size)"])
    }

    static let unauthorized = Problem(
        status: .unauthorized, label: "login", detail: "The gallery has a password.", hint: "Log in.")

    static let readOnly = Problem(
        status: .forbidden, label: "read_only", detail: "This gallery shows and changes nothing.",
        hint: "Whoever runs it can let it take changes.")
}

extension Problem: KeyedRecord {
    static let fields: [Field<Self>] = [
        Field("title", \.status.reasonPhrase), Field("status", \.status.code), Field("label", \.label),
        Field("detail", \.detail), Field("hint", \.hint),
    ]

    var response: Response {
        get throws {
            var headers = headers
            headers[.contentType] = "application/problem+json"
            headers[.cacheControl] = "no-store"
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: try JSON.bytes(self)))
        }
    }
}
