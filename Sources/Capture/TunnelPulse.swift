import HTTP
import Synchronization
import Tunnel
import Vocabulary

/// The connections of one camera's tunnel, which count its good answers, whoever asked: each shows that the tunnel works again, to
/// those who leave it alone because it did not.
final class TunnelPulse: HTTPTransport {
    private let transport: any HTTPTransport
    private let origin: Origin
    private let date = Mutex<Timestamp?>(nil)
    private let count = Atomic(0)

    init(of endpoint: TunnelEndpoint, through transport: any HTTPTransport) {
        (origin, self.transport) = (endpoint.origin, transport)
    }

    /// The server's time in its newest answer, if there was one since this was asked last.
    func takeDate() -> Timestamp? {
        date.withLock { date in
            defer { date = nil }
            return date
        }
    }

    /// How many successes have come from the tunnel's own address.
    var goodAnswers: Int { count.load(ordering: .relaxed) }

    func send(
        _ request: HTTPExchangeRequest, within deadline: Duration, atMost limit: ByteCount
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        let response = try await transport.send(request, within: deadline, atMost: limit)
        if request.address.origin == origin, (200...299).contains(response.status) {
            count.add(1, ordering: .relaxed)
        }
        if request.address.origin == origin, let sent = response.date { date.withLock { $0 = sent } }
        return response
    }
}
