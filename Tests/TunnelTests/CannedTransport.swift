import HTTP
import NIOCore
import Synchronization
import Tunnel
import Vocabulary

/// A transport that answers without any network and notes what was asked.
final class CannedTransport: HTTPTransport {
    private let answers: Mutex<[HTTPExchangeResponse]>
    private let seen = Mutex<[HTTPExchangeRequest]>([])

    init(_ answers: HTTPExchangeResponse...) {
        self.answers = Mutex(answers)
    }

    var requests: [HTTPExchangeRequest] { seen.withLock { $0 } }

    func send(
        _ request: HTTPExchangeRequest, within deadline: Duration, atMost limit: ByteCount
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        seen.withLock { $0.append(request) }
        return answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
}

extension HTTPExchangeResponse {
    static func ok(_ text: String) -> HTTPExchangeResponse {
        HTTPExchangeResponse(status: 200, body: ByteBuffer(string: text))
    }
}

/// A tunnel's client that is answered with canned responses.
func client(of endpoint: String = "https://user:password@tunnel.example.org", _ response: HTTPExchangeResponse) throws
    -> TunnelClient
{
    TunnelClient(endpoint: try TunnelEndpoint(parsing: endpoint), transport: CannedTransport(response))
}

extension AddressRole {
    static let camera = AddressRole("camera", subject: "The camera's address", hint: "Give another one.")
}

extension Respondent {
    static let camera = Respondent("The camera") { _ in "Ask it for something else." }
}

/// The error that `body` throws; one of HTTP alone as a tunnel has it.
func tunnelError<Result>(_ body: () async throws -> Result) async -> TunnelError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return (error as? TunnelError) ?? (error as? HTTPError).map { .http($0) }
    }
}
