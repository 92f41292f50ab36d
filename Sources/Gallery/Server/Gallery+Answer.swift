internal import Catalog
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Vocabulary

extension Gallery {
    static let root = "/api/v1/"

    /// The answer to any request, whatever it is: what goes wrong is told as a problem.
    ///
    /// - Parameter isHere: whether the visitor still waits for it.
    func answer(
        _ request: Request, from peer: String, isHere: @Sendable @escaping () -> Bool = { true }
    ) async -> Response {
        var response: Response
        do {
            response = try await result(of: request, from: peer, isHere)
        } catch {
            let problem = Self.problem(error)
            if problem.isTrouble { settings.onTrouble("\(request.uri.path): \(error)") }
            response = (try? problem.response) ?? Response(status: .internalServerError)
        }
        // Its length is told, and nothing of it sent.
        if request.method == .head {
            let length = response.body.contentLength
            response.body = ResponseBody()  // which tells a length of its own
            response.headers[.contentLength] = length.map { "\($0)" }
        }
        response.headers.merge(Self.alwaysTold)
        return response
    }

    private static let alwaysTold: HTTPFields = [
        .xContentTypeOptions: "nosniff", .crossOriginResourcePolicy: "same-origin", .referrerPolicy: "no-referrer",
        .contentSecurityPolicy:
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
    ]

    private func result(
        of request: Request, from peer: String, _ isHere: @Sendable @escaping () -> Bool
    ) async throws -> Response {
        try access.requireHost(of: request)
        let path = request.uri.path
        guard path.hasPrefix(Self.root) else { return try await page(path, request) }
        let now = Timestamp.wallClock
        let session = access.session(of: request, at: now)
        switch OperationTable.standard.operation(request.method, path.dropFirst(Self.root.count)) {
        case .nothing: throw Problem.notFound("not_found", "There is nothing at this address.")
        case .others(let methods):
            throw Problem(
                status: .methodNotAllowed, label: "method", detail: "This is not asked by \(request.method.rawValue).",
                headers: [.allow: methods.map(\.rawValue).joined(separator: ", ")])
        case .operation(let operation, let parts):
            switch operation.kind {
            case .open: if operation.method != .get { try access.requireSameOrigin(request) }
            case .read: guard access.mayLook(session, request) else { throw Problem.unauthorized }
            case .change:
                guard access.mayLook(session, request) else { throw Problem.unauthorized }
                try access.requireChange(request, session)
            }
            let visit = Visit(
                gallery: self, request: request, query: Query(request.uri), parts: parts, session: session, peer: peer,
                isHere: isHere)
            // A change is made to its end, whoever still waits for it.
            guard operation.kind == .read else { return try await operation.answer(self, visit) }
            return try await visit.asLongAsWaitedFor { try await operation.answer(self, visit) }
        }
    }

    /// One of the pages' own files. They tell nothing of the archive: the page itself asks for the password.
    private func page(_ path: String, _ request: Request) async throws -> Response {
        guard request.method == .get || request.method == .head else {
            throw Problem(
                status: .methodNotAllowed, label: "method", detail: "This is not asked by \(request.method.rawValue).",
                headers: [.allow: "GET, HEAD"])
        }
        if let sign = try await signOfLife(path) { return sign }
        guard let answer = assets.answer(String(path.dropFirst()), to: request) else {
            throw Problem.notFound("not_found", "There is nothing at this address.")
        }
        return answer
    }

    /// What is told of an error. Nothing of it that could hold a secret or a place on this machine.
    private static func problem(_ error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let failure as GalleryFailure:
            switch failure {
            case .refused(let detail, let hint):
                Problem(status: .badRequest, label: "bad_request", detail: detail, hint: hint)
            case .noSuchCamera(let name): .noSuchCamera(name)
            case .noSuchFrame(let frame): .noSuchFrame(frame)
            case .noSuchPrint(let print): .noSuchPrint(print)
            case .busy: .busy()
            }
        case let error as ArchiveError:
            switch error {
            case .noSuchFrame(let frame): .noSuchFrame(frame)
            case .busy: .busy()
            case .store, .packMissing, .packDamaged, .offloaded:
                Problem(
                    status: .serviceUnavailable, label: error.label,
                    detail: "The picture lies in a pack, and its store did not give it.",
                    hint: "The program's own messages say more; “printlapse verify” names the store.")
            case .elsewhere(_, let machine):
                Problem(
                    status: .serviceUnavailable, label: error.label,
                    detail: "The picture lies at the machine \(machine.printable), which has not offloaded it yet.",
                    hint: error.hint)
            case .followed:
                Problem(status: .conflict, label: error.label, detail: error.description.asSentence, hint: error.hint)
            default:
                Problem(
                    status: .internalServerError, label: error.label, detail: "The archive cannot be read.",
                    hint: "“printlapse verify” says more.")
            }
        case is CancellationError: .busy()
        case let error as any ExplainedError:
            Problem(
                status: .internalServerError, label: error.label, detail: "This did not work (\(error.label)).",
                hint: "The program's own messages say more.")
        default: Problem(status: .internalServerError, label: "internal", detail: "This did not work.")
        }
    }
}

extension OperationTable {
    static let standard = OperationTable()
}

extension HTTPFields {
    /// Those that are not there yet.
    fileprivate mutating func merge(_ others: HTTPFields) {
        for field in others where self[field.name] == nil { append(field) }
    }
}
