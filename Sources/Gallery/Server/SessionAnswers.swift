internal import Formats
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Vocabulary

extension Gallery {
    /// `GET /session`
    func getSession(_ visit: Visit) async throws -> Response {
        guard access.mayLook(visit.session, visit.request) else { throw Problem.unauthorized }
        let now = Timestamp.wallClock
        let session = visit.session ?? access.signer.begin(isLoggedIn: false, at: now)
        let told = SessionRecord(
            version: program.version, now: now, timeZone: TimeZone.current.identifier,
            allowsChanges: settings.allowsChanges,
            token: settings.allowsChanges ? access.signer.token(of: session) : nil, features: ["timelapses", "when"])
        var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
        if visit.session == nil { headers[.setCookie] = cookie(of: session) }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: try JSON.bytes(told)))
    }

    /// `POST /login`
    func logIn(_ visit: Visit) async throws -> Response {
        let login = try await visit.body(LoginRequest.self)
        let session = try await access.logIn(login.password, from: visit.peer, at: .wallClock)
        return Response(status: .noContent, headers: [.setCookie: cookie(of: session), .cacheControl: "no-store"])
    }

    private func cookie(of session: Session) -> String {
        "\(Session.cookie)=\(access.signer.text(of: session)); Path=/; HttpOnly; SameSite=Strict; "
            + "Max-Age=\(Session.lifetime.components.seconds)" + (access.isSecure ? "; Secure" : "")
    }

    /// `GET /openapi.yaml`
    func getDescription(_ visit: Visit) -> Response {
        assets.answer("openapi.yaml", to: visit.request) ?? Response(status: .notFound)
    }
}

private struct SessionRecord: KeyedRecord {
    let version: String
    let now: Timestamp
    let timeZone: String
    let allowsChanges: Bool
    let token: String?
    let features: [String]

    static let fields: [Field<Self>] = [
        Field("version", \.version), Field("now", \.now), Field("time_zone", \.timeZone),
        Field("allow_changes", \.allowsChanges), Field("token", \.token), Field("features", \.features),
    ]
}

private struct LoginRequest: Decodable {
    let password: String

    private enum Keys: String, CodingKey, CaseIterable { case password }

    init(from decoder: any Decoder) throws {
        try decoder.refuseOthers(than: Keys.self)
        password = try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .password)
        guard (1...1024).contains(password.unicodeScalars.count) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [Keys.password], debugDescription: "it has 1 to 1024 characters"))
        }
    }
}
