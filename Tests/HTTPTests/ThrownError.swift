import HTTP

/// The error that `body` throws.
func httpError<Result>(_ body: () async throws -> Result) async -> HTTPError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? HTTPError
    }
}

extension AddressRole {
    static let camera = AddressRole("camera", subject: "The camera's address", hint: "Give another one.")
}

extension Respondent {
    static let camera = Respondent("The camera") { _ in "Ask it for something else." }
}
