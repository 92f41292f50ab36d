package import HTTP

/// Runs `body` with real connections that are shut down afterwards.
package func withConnections<Result>(
    trusting caFile: String? = nil, _ body: (HTTPConnections) async throws -> Result
) async throws -> Result {
    let connections = try HTTPConnections(trusting: caFile)
    do {
        let result = try await body(connections)
        await connections.shutdown()
        return result
    } catch {
        await connections.shutdown()
        throw error
    }
}
