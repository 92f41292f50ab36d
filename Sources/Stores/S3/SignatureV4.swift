internal import CCrypto
internal import HTTP
internal import Vocabulary

/// Amazon's Signature Version 4, as the header `Authorization` has it.
///
/// By “Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)” of the Amazon S3 API Reference: the path
/// is signed as it is sent, and is not encoded once more as for Amazon's other services.
struct SignatureV4 {
    /// What of a request is signed.
    struct Request {
        var verb: String
        /// As it is sent.
        var path: String
        /// Neither name nor value encoded.
        var query: [(name: String, value: String)] = []
        /// All that are signed: names in lower case, `host` and `x-amz-date` among them.
        var fields: [(name: String, value: String)]
        var payload: SHA256Digest

        /// The query as it is signed and sent: encoded, and in order.
        var canonicalQuery: String {
            query.map { (PercentEncoding.encode($0.name), PercentEncoding.encode($0.value)) }
                .sorted {
                    $0.0 == $1.0
                        ? $0.1.utf8.lexicographicallyPrecedes($1.1.utf8)
                        : $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
                }
                .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        }
    }

    private static let algorithm = "AWS4-HMAC-SHA256"

    let credentials: S3Credentials
    let region: String
    var service = "s3"

    /// The value of `Authorization`.
    ///
    /// - Parameter time: as the field `x-amz-date` of the request says it.
    func authorization(of request: Request, at time: Timestamp) -> Secret {
        let fields = request.fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let signed = fields.map(\.name).joined(separator: ";")
        let canonical = [
            request.verb, request.path, request.canonicalQuery,
            fields.map { "\($0.name):\(Self.canonical($0.value))\n" }.joined(), signed, "\(request.payload)",
        ].joined(separator: "\n")
        let day = String(Self.text(of: time).prefix(8))
        let scope = "\(day)/\(region)/\(service)/aws4_request"
        let text = [Self.algorithm, Self.text(of: time), scope, "\(Self.hash(canonical))"].joined(separator: "\n")
        let signature = Self.authenticate(text, by: key(of: day)).hexadecimal
        return Secret(
            "\(Self.algorithm) Credential=\(credentials.accessKey.revealed)/\(scope),SignedHeaders=\(signed),Signature=\(signature)"
        )
    }

    /// `20130524T000000Z`
    static func text(of time: Timestamp) -> String {
        let civil = CivilTime(time)
        return civil.year.padded(4) + civil.month.padded(2) + civil.day.padded(2) + "T" + civil.hour.padded(2)
            + civil.minute.padded(2) + civil.second.padded(2) + "Z"
    }

    private func key(of day: String) -> [UInt8] {
        [day, region, service, "aws4_request"].reduce(Array("AWS4\(credentials.secretKey.revealed)".utf8)) {
            Self.authenticate($1, by: $0)
        }
    }

    /// Without spaces around it, and with single ones in it.
    private static func canonical(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }

    private static func hash(_ text: String) -> SHA256Digest {
        Array(text.utf8).withUnsafeBytes { SHA256Digest(hashing: $0) }
    }

    /// HMAC (RFC 2104) by SHA-256.
    private static func authenticate(_ text: String, by key: [UInt8]) -> [UInt8] {
        let bytes = Array(text.utf8)
        return [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_LENGTH)) { digest, count in
            HMAC(EVP_sha256(), key, CInt(key.count), bytes, bytes.count, digest.baseAddress, nil)
            count = Int(SHA256_DIGEST_LENGTH)
        }
    }
}
