import Foundation
import HTTP
import NIOCore
import TestSupport
import Testing
import Vocabulary

@testable import Stores

/// The examples of “Authenticating Requests: Using the Authorization Header” in the Amazon S3 API Reference.
@Suite struct `The signature of a request` {
    private let time = Timestamp(milliseconds: 1_369_353_600_000)
    private let credentials = S3Credentials(
        accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")

    struct Example: Sendable {
        var verb = "GET"
        var path = "/"
        var query: [(String, String)] = []
        var fields: [(String, String)] = []
        var body = ""
        let signature: String
    }

    static let examples = [
        Example(
            path: "/test.txt", fields: [("range", "bytes=0-9")],
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        Example(
            verb: "PUT", path: "/test%24file.text",
            fields: [("date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
            body: "Welcome to Amazon S3.",
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        Example(
            query: [("lifecycle", "")],
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        Example(
            query: [("prefix", "J"), ("max-keys", "2")],
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ]

    @Test(arguments: 0..<4)
    func `is Amazon's own in its published examples`(number: Int) throws {
        let example = Self.examples[number]
        let payload = SHA256Digest(hashing: ByteBuffer(string: example.body))
        let signed = SignatureV4.Request(
            verb: example.verb, path: example.path, query: example.query.map { (name: $0.0, value: $0.1) },
            fields: example.fields.map { (name: $0.0, value: $0.1) } + [
                ("host", "examplebucket.s3.amazonaws.com"), ("x-amz-content-sha256", "\(payload)"),
                ("x-amz-date", "20130524T000000Z"),
            ],
            payload: payload)
        let authorization = try SignatureV4(credentials: #require(credentials), region: "us-east-1")
            .authorization(of: signed, at: time).revealed
        #expect(authorization.hasSuffix("Signature=\(example.signature)"), "\(authorization)")
        #expect(
            authorization.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders="))
    }

    /// The suite of vectors that Amazon gave out for its signers (aws-sig-v4-test-suite), as far as it is not about how other services
    /// than S3 write paths.
    static let vectors = [
        ("get-vanilla", Example(signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")),
        (
            "get-vanilla-query-order-key-case",
            Example(
                query: [("Param2", "value2"), ("Param1", "value1")],
                signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")
        ),
        (
            "get-vanilla-query-unreserved",
            Example(
                query: [
                    (
                        "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
                        "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                    )
                ],
                signature: "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197")
        ),
        (
            "get-utf8",
            Example(
                path: "/%E1%88%B4", signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")
        ),
        (
            "get-header-value-trim",
            Example(
                fields: [("my-header1", " value1"), ("my-header2", " \"a   b   c\" ")],
                signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736")
        ),
        (
            "post-vanilla",
            Example(verb: "POST", signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")
        ),
        (
            "post-header-key-sort",
            Example(
                verb: "POST", fields: [("my-header1", "value1")],
                signature: "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c")
        ),
        (
            "post-x-www-form-urlencoded",
            Example(
                verb: "POST", fields: [("content-type", "application/x-www-form-urlencoded")], body: "Param1=value1",
                signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")
        ),
    ]

    @Test(arguments: 0..<8)
    func `is Amazon's own in the suite for its signers`(number: Int) throws {
        let (name, example) = Self.vectors[number]
        let payload = SHA256Digest(hashing: ByteBuffer(string: example.body))
        let signed = SignatureV4.Request(
            verb: example.verb, path: example.path, query: example.query.map { (name: $0.0, value: $0.1) },
            fields: example.fields.map { (name: $0.0, value: $0.1) } + [
                ("host", "example.amazonaws.com"), ("x-amz-date", "20150830T123600Z"),
            ],
            payload: payload)
        let credentials = S3Credentials(
            accessKey: "AKIDEXAMPLE", secretKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
        let authorization = try SignatureV4(credentials: #require(credentials), region: "us-east-1", service: "service")
            .authorization(of: signed, at: Timestamp(milliseconds: 1_440_938_160_000)).revealed
        #expect(authorization.hasSuffix("Signature=\(example.signature)"), "\(name): \(authorization)")
    }

    /// Requests of all kinds that a store sends and more, signed by the signer of Amazon's own tools.
    @Test(.enabled(if: Python.has("botocore"), "botocore is not installed: scripts/setup --tests"))
    func `is the one that botocore makes`() async throws {
        var lines: [String] = []
        var ours: [String] = []
        for number in 0..<60 {
            let verb = ["GET", "PUT", "POST", "DELETE"][number % 4]
            let path = ["/bucket/a/b_\(number).zip", "/", "/bucket", "/x-1/~y.z"][number / 4 % 4]
            let query = [
                [], [("uploads", "")], [("partNumber", "\(number)"), ("uploadId", "a+b/c= d~ü&?")],
                [("list-type", "2"), ("prefix", "a/b"), ("continuation-token", "1/2+3==")],
                [("b", "2"), ("a", "2"), ("a", "1"), ("A", "0")],
            ][number % 5]
            var fields = [("host", "127.0.0.1:8080"), ("x-amz-date", "20261129T201500Z")]
            if number % 3 == 0 { fields.append(("range", "bytes=\(number)-99")) }
            if number % 3 == 1 { fields.append(("x-amz-meta-spaced", "  two   spaces  ")) }
            if number % 2 == 0 { fields.append(("x-amz-security-token", "token/\(number)+==")) }
            let payload = SHA256Digest(hashing: ByteBuffer(string: "body \(number)"))
            fields.append(("x-amz-content-sha256", "\(payload)"))
            let region = ["us-east-1", "eu-central-1"][number % 2]
            let request = SignatureV4.Request(
                verb: verb, path: path, query: query.map { (name: $0.0, value: $0.1) },
                fields: fields.map { (name: $0.0, value: $0.1) }, payload: payload)
            let credentials = try #require(S3Credentials(accessKey: "test:tester", secretKey: "secret/\(number)"))
            ours.append(
                SignatureV4(credentials: credentials, region: region)
                    .authorization(of: request, at: Timestamp(milliseconds: 1_795_983_300_000)).revealed)
            let url = "http://127.0.0.1:8080\(path)" + (query.isEmpty ? "" : "?\(request.canonicalQuery)")
            let headers = Dictionary(uniqueKeysWithValues: fields)
            let json = try JSONSerialization.data(withJSONObject: [
                "verb": verb, "url": url, "headers": headers, "secret": "secret/\(number)", "region": region,
            ])
            lines.append(String(decoding: json, as: UTF8.self))
        }
        let folder = try TemporaryFolder()
        let requests = try folder.write(lines.joined(separator: "\n"), to: "requests")
        let script = try folder.write(Self.script, to: "sign.py")
        let theirs = try await Python.run(script, requests)
        #expect(theirs.status == 0)
        let signatures = theirs.output.split(separator: "\n").map(String.init)
        #expect(signatures.count == ours.count)
        for (number, signature) in zip(ours.indices, signatures) {
            #expect(ours[number].hasSuffix("Signature=\(signature)"), "\(lines[number])")
        }
    }

    /// The signer computes a signature of a canonical request, whose headers are those given here.
    private static let script = """
        import json, sys
        from botocore.auth import S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
        for line in open(sys.argv[1]):
            given = json.loads(line)
            request = AWSRequest(method=given["verb"], url=given["url"])
            for name, value in given["headers"].items():
                request.headers[name] = value
            request.context["timestamp"] = given["headers"]["x-amz-date"]
            signer = S3SigV4Auth(Credentials("test:tester", given["secret"]), "s3", given["region"])
            canonical = signer.canonical_request(request)
            print(signer.signature(signer.string_to_sign(request, canonical), request))
        """

    @Test func `is kept from being printed`() throws {
        let credentials = try #require(credentials)
        #expect(!"\(credentials) \(String(reflecting: credentials))".contains("EXAMPLE"))
    }
}
