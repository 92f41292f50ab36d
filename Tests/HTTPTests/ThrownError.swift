import HTTP

/// The error that `body` throws.
func tunnelError<Result>(_ body: () async throws -> Result) async -> TunnelError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? TunnelError
    }
}
