import HTTP
import NIOCore
import Synchronization
import TestSupport
import Vocabulary

@testable import Stores

/// A store that asks a scripted server.
///
/// - Parameters:
///   - patience: for all attempts at one thing.
///   - now: what this machine's clock says.
func scriptedStore(
    at url: String, through connections: HTTPConnections, patience: Duration = .seconds(60),
    answer: Duration = .seconds(60), partSize: Int = S3Store.partSize,
    environment: [String: String] = ScriptedStore.environment, now: @escaping @Sendable () -> Timestamp = { .wallClock }
) throws -> S3Store {
    guard case .bucket(let bucket) = try StoreLocation("s3://pictures/farm?endpoint=\(url)").kind else {
        preconditionFailure("a bucket's place")
    }
    let rules = S3Client.Rules(
        answer: answer, slowest: 1 << 30, patience: patience, connecting: patience, firstPause: .milliseconds(10),
        longestPause: .milliseconds(50))
    return S3Store(
        try S3Client(bucket, environment: environment, through: connections, rules: rules, now: now),
        partSize: partSize)
}

enum ScriptedStore {
    static let environment = [
        "AWS_ACCESS_KEY_ID": "KEY", "AWS_SECRET_ACCESS_KEY": "SECRET-KEY", "AWS_SESSION_TOKEN": "SECRET-TOKEN",
    ]

    static let noObject = refusal(404, "NoSuchKey")

    /// An error's answer, as Amazon's servers give it.
    static func refusal(
        _ status: Int, _ code: String, _ more: String = "", headers: [(String, String)] = []
    ) -> ScriptedAnswer {
        .http(
            status, headers: [("Content-Type", "application/xml")] + headers,
            text: """
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>\(code)</Code><Message>Words of the server's own</Message>\(more)<RequestId>1</RequestId></Error>
                """)
    }

    /// A part of an object.
    static func part(_ text: String, _ range: String) -> ScriptedAnswer {
        .http(206, headers: [("Content-Range", "bytes \(range)")], text: text)
    }
}

/// What takes requests and says of every object that there is none, without a server: for hosts that no test can have.
final class NotedRequests: HTTPTransport {
    private let noted = Mutex<[String]>([])

    /// Where they went, without their queries.
    var addresses: [String] { noted.withLock(\.self) }

    func send(
        _ request: HTTPExchangeRequest, within deadline: Duration, atMost limit: ByteCount
    ) async throws(HTTPError) -> HTTPExchangeResponse {
        noted.withLock { $0.append("\(request.address)") }
        return HTTPExchangeResponse(
            status: 404, body: ByteBuffer(string: "<Error><Code>NoSuchKey</Code></Error>"))
    }
}

/// Lets a store ask a server with these answers.
func withScriptedStore<Value>(
    _ answers: [ScriptedAnswer], patience: Duration = .seconds(60), answer: Duration = .seconds(60),
    partSize: Int = S3Store.partSize, environment: [String: String] = ScriptedStore.environment,
    now: @escaping @Sendable () -> Timestamp = { .wallClock },
    _ body: (S3Store, ScriptedServer) async throws -> Value
) async throws -> Value {
    let server = try await ScriptedServer.start(answers)
    do {
        let value = try await withConnections { connections in
            try await body(
                scriptedStore(
                    at: server.url, through: connections, patience: patience, answer: answer, partSize: partSize,
                    environment: environment, now: now),
                server)
        }
        await server.stop()
        return value
    } catch {
        await server.stop()
        throw error
    }
}
