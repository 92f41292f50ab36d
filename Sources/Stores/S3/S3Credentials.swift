internal import HTTP

/// What a request to an S3-compatible server is signed with.
struct S3Credentials: Hashable, Sendable {
    let accessKey: Secret
    let secretKey: Secret
    /// Of credentials that are good for a while.
    let sessionToken: Secret?

    /// - Returns: `nil` where one of them is empty, or holds what cannot stand in a request.
    init?(accessKey: String, secretKey: String, sessionToken: String? = nil) {
        for text in [accessKey, secretKey, sessionToken ?? "-"] {
            guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
        }
        (self.accessKey, self.secretKey) = (Secret(accessKey), Secret(secretKey))
        self.sessionToken = sessionToken.map { Secret($0) }
    }
}
