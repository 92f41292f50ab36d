import NIOCore

@testable import HTTP

extension Fetch {
    /// Fetches a text so many times, one after the other, by one login.
    func texts(
        at address: WebAddress, times: Int, login: Login, by connections: HTTPConnections
    ) async -> [Result<String, HTTPError>] {
        var results: [Result<String, HTTPError>] = []
        for _ in 0..<times {
            do throws(HTTPError) {
                let response = try await response(to: address, login: login, through: connections)
                results.append(.success(String(buffer: response.body)))
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }
}
