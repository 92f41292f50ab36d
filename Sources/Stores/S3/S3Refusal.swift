internal import HTTP
internal import NIOCore
internal import Vocabulary

/// Why an S3-compatible server did not do what was asked, as its answer tells: a status, and an error document with a code.
///
/// The codes are those of “Error responses” in the Amazon S3 API Reference, and those that were seen from Swift, Ceph and MinIO.
struct S3Refusal: Error, Hashable {
    enum Kind: Hashable, Sendable {
        case noObject
        case noBucket
        /// One of the name is there, which was not to be replaced.
        case isThere
        /// The object ends before the range begins.
        case outOfRange
        case credentials
        case expired
        case skewed(server: Timestamp?)
        case full
        case otherRegion(String?)
        /// It does not know what was asked.
        case unknown
        /// It may well do it later.
        case busy(retryAfter: Duration?)
        case other
    }

    let kind: Kind
    let status: Int
    /// The server's word, or its status: letters and digits, whatever it sent.
    let code: String

    /// - Returns: `nil` where the answer is none of an error. A success with the document of an error is one: a long copying or
    ///   completing begins its answer before it is done. A part of an object is what it is, whatever it looks like.
    init?(of response: HTTPExchangeResponse) {
        guard response.status != 206 else { return nil }
        let document = XMLElement(parsing: response.body.readableBytesView)
        let error = document?.name == "Error" ? document : nil
        guard !(200...299).contains(response.status) || error != nil else { return nil }
        status = response.status
        let word = error?.text(of: "Code")?.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
        let stated = word.flatMap { $0.isEmpty ? nil : String($0.prefix(64)) }
        code = stated ?? "status \(status)"
        kind = Self.kind(of: stated, response, error)
    }

    private static func kind(_ code: String) -> Kind? {
        switch code {
        case "NoSuchKey": .noObject
        case "NoSuchBucket": .noBucket
        case "PreconditionFailed": .isThere
        case "InvalidRange": .outOfRange
        case "ExpiredToken", "TokenRefreshRequired", "ExpiredTokenException": .expired
        case "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccountProblem", "AllAccessDisabled",
            "InvalidToken", "InvalidSecurity", "NotSignedUp", "AuthorizationHeaderMalformed", "MissingSecurityHeader":
            .credentials
        case "InsufficientStorage", "EntityTooLarge": .full
        case "NotImplemented": .unknown
        case "SlowDown", "InternalError", "ServiceUnavailable", "Busy", "RequestTimeout", "Throttling",
            "ThrottlingException", "TooManyRequests", "RequestLimitExceeded", "OperationAborted",
            "ConditionalRequestConflict", "IncompleteBody", "BadDigest", "XAmzContentSHA256Mismatch":
            .busy(retryAfter: nil)
        default: code.contains("Quota") || code.contains("StorageFull") ? .full : nil
        }
    }

    private static func kind(of code: String?, _ response: HTTPExchangeResponse, _ error: XMLElement?) -> Kind {
        let retryAfter = response.header("Retry-After").flatMap { Int($0) }.map {
            Duration.seconds(min(max($0, 1), 3600))
        }
        if code == "RequestTimeTooSkewed" {
            let stated = error?.text(of: "ServerTime").flatMap {
                try? Timestamp(parsing: $0, now: Timestamp(milliseconds: 0))
            }
            return .skewed(server: response.date ?? stated)
        }
        let region = response.header("x-amz-bucket-region") ?? error?.text(of: "Region")
        if code == "AuthorizationHeaderMalformed", let region { return .otherRegion(region) }
        if let known = code.flatMap(kind) {
            guard case .busy = known else { return known }
            return .busy(retryAfter: retryAfter)
        }
        switch response.status {
        case 301, 307, 308: return .otherRegion(region)
        case 401, 403: return .credentials
        case 408, 429, 500, 502, 503, 504: return .busy(retryAfter: retryAfter)
        case 412: return .isThere
        case 413, 507: return .full
        case 416: return .outOfRange
        case 501: return .unknown
        // Without a word of its own, a 404 may be any web server's: nobody may take an object for gone by that.
        default: return .other
        }
    }
}
