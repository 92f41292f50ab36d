import Capture
import CaptureSupport
import HTTP
import NIOCore
import Vocabulary

/// Real connections with something done to the requests of one path, as a server or an agent would do it in its own time: by the
/// clock that the job lives by.
struct SpoiledTransport: HTTPTransport {
    let base: any HTTPTransport
    /// Requests whose address ends with this, its query left out.
    let path: String
    let spoil: @Sendable () async throws(HTTPError) -> HTTPExchangeResponse?

    /// - Parameter spoil: what comes instead; `nil` for what the server answers.
    init(
        _ base: any HTTPTransport, at path: String,
        _ spoil: @escaping @Sendable () async throws(HTTPError) -> HTTPExchangeResponse?
    ) {
        (self.base, self.path, self.spoil) = (base, path, spoil)
    }

    func send(
        _ request: HTTPExchangeRequest, within deadline: Duration, atMost limit: ByteCount
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        if request.address.description.hasSuffix(path), let response = try await spoil() { return response }
        return try await base.send(request, within: deadline, atMost: limit)
    }
}

extension JobClock {
    /// Lets time pass, as long as nobody stops it.
    func pass(_ time: Duration) async throws(HTTPError) {
        do {
            try await sleep(until: now() + time)
        } catch {
            throw .cancelled()
        }
    }
}
