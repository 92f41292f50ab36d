internal import Catalog
internal import Formats
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
package import Vocabulary

/// What the program answers.
extension Gallery {
    /// What is new of what the archive does not tell.
    func tell(_ news: GalleryNews) {
        switch news {
        case .frame(let frame): newFrames.yield(frame)
        case .timelapse(let timelapse): self.news.tell("timelapse", timelapse)
        case .verification(let verification): self.news.tell("verify", verification)
        }
    }

    /// `GET /doctor`
    func getDoctor(_ visit: Visit) async throws -> Response {
        try json(
            try await keptFindings.value { Findings(at: .wallClock, findings: try await program.findings()) }, to: visit
        )
    }

    /// `GET /usage`
    func getUsage(_ visit: Visit) async throws -> Response {
        try json(["items": try await program.usage().map { $0.fieldValue }], to: visit)
    }

    /// `GET /verify`
    func getVerification(_ visit: Visit) async throws -> Response {
        try json(try await program.verification(), to: visit)
    }

    /// `GET /alerts`
    func getAlerts(_ visit: Visit) async throws -> Response {
        let limit = try visit.query.number("limit", in: 1...200) ?? 50
        let after = try visit.query.after()
        let end = try after.map { text throws(Problem) in
            guard let number = Int64(text), number > 0 else { throw .badRequest("“after” is of no page.") }
            return number
        }
        // One more tells whether there is another page.
        let log = try await catalog.alertLog(before: end, limit: limit + 1)
        let page = log.prefix(limit)
        return try json(
            AlertPage(
                open: try await catalog.openAlerts(), items: page.map(\.alert),
                next: log.count > limit ? page.last.map { "\($0.id)" } : nil), to: visit)
    }

    /// `POST /marks`
    func mark(_ visit: Visit) async throws -> Response {
        let request = try await visit.body(MarkRequest.self)
        let report = try await program.mark(
            GalleryMarking(subject: request.subject, mark: request.mark, session: visit.session?.id ?? ""))
        return try json(report, to: visit)
    }

    /// `POST /marks/undo`
    func undoMark(_ visit: Visit) async throws -> Response {
        let request = try await visit.body(UndoRequest.self)
        guard try await program.undo(request.undo) else {
            throw Problem.notFound(
                "not_found", "Nothing is known of this change any more.", hint: "Change it back by hand.")
        }
        return Response(status: .noContent)
    }

    /// `GET /timelapses`
    func getTimelapses(_ visit: Visit) async throws -> Response {
        let limit = try visit.query.number("limit", in: 1...500) ?? 100
        let after = try visit.query.after()
        var all = try await timelapses()
        if let after {
            guard let place = all.firstIndex(where: { $0.id == after }) else {
                throw Problem.badRequest("“after” is of no page.")
            }
            all.removeFirst(place + 1)
        }
        let page = Array(all.prefix(limit))
        return try json(Page(items: page, next: all.count > limit ? page.last?.id : nil), to: visit)
    }

    func timelapse(_ visit: Visit, isShown: Bool = true) async throws -> GalleryTimelapse {
        guard let timelapse = try await timelapse(visit.part("timelapse"), isShown: isShown) else {
            throw Problem.notFound("not_found", "There is no such timelapse.")
        }
        return timelapse
    }

    /// `GET /timelapses/{timelapse}`
    func getTimelapse(_ visit: Visit) async throws -> Response { try json(try await timelapse(visit), to: visit) }

    /// `GET /timelapses/plan`
    func planTimelapse(_ visit: Visit) async throws -> Response {
        let options = try TimelapseOptions(visit.query)
        let triesSize = try visit.query.flag("try_size") ?? false
        return try json(JSON.bytes(try await program.plan(options, triesSize: triesSize)), to: visit)
    }

    /// `POST /timelapses`
    func makeTimelapse(_ visit: Visit) async throws -> Response {
        let made = try await program.make(try await visit.body(TimelapseOptions.self))
        var response = Response(
            status: .accepted, headers: [.contentType: "application/json", .cacheControl: "no-store"])
        response.body = ResponseBody(byteBuffer: try JSON.bytes(made))
        return response
    }

    /// `POST /timelapses/{timelapse}/cancel`
    func cancelTimelapse(_ visit: Visit) async throws -> Response {
        let timelapse = try await timelapse(visit, isShown: false)
        guard let cancelled = try await program.cancel(timelapse: timelapse.id) else {
            throw Problem.conflict(
                timelapse.rule == nil
                    ? "It is not being made any more." : "A rule makes it, in a process of its own.")
        }
        return try json(cancelled, to: visit)
    }

    /// `DELETE /timelapses/{timelapse}`
    func deleteTimelapse(_ visit: Visit) async throws -> Response {
        let timelapse = try await timelapse(visit, isShown: false)
        guard try await program.delete(timelapse: timelapse.id) else {
            throw Problem.conflict(
                timelapse.rule == nil
                    ? "It is being made: cancel it first." : "It is being made: wait for its end.")
        }
        return Response(status: .noContent)
    }

    /// `GET /timelapses/{timelapse}/poster`
    func getTimelapsePoster(_ visit: Visit) async throws -> Response {
        let timelapse = try await timelapse(visit)
        guard let frame = timelapse.poster else { throw Problem.notFound("not_found", "It has no poster.") }
        return try await getPicture(visit.asking(for: frame))
    }
}

struct Findings: KeyedRecord {
    let at: Timestamp
    let findings: [any KeyedRecord]

    static let fields: [Field<Self>] = [Field("at", \.at), Field("findings") { $0.findings.map { $0.fieldValue } }]
}

private struct AlertPage: KeyedRecord {
    let open: [OpenAlert]
    let items: [LoggedAlert]
    let next: String?

    static let fields: [Field<Self>] = [Field("open", \.open), Field("items", \.items), Field("next", \.next)]
}

extension GalleryVerification: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("last", \.last), Field("running", \.running),
    ]
}

extension GalleryVerification.Last: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("at", \.at), Field("options", \.options), Field("damaged_frames", \.damagedFrames),
        Field("suspect_frames", \.suspectFrames), Field("report") { $0.report.fieldValue },
    ]
}

extension GalleryVerification.Running: KeyedRecord {
    package static let fields: [Field<Self>] = [
        Field("pictures_checked", \.picturesChecked), Field("pictures", \.pictures),
        Field("bytes_checked", \.bytesChecked),
    ]
}
