import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

@testable import Gallery

/// An answer, all of it.
struct Answer {
    let status: Int
    let headers: HTTPFields
    let bytes: ByteBuffer

    var json: [String: Any] {
        get throws {
            try JSONSerialization.jsonObject(with: Data(bytes.readableBytesView)) as? [String: Any] ?? [:]
        }
    }

    var items: [[String: Any]] { get throws { try json["items"] as? [[String: Any]] ?? [] } }

    /// With nulls in it.
    func column(_ key: String) throws -> [Any] { try json[key] as? [Any] ?? [] }

    /// Of numbers alone.
    func numbers(_ key: String) throws -> [Int] { try json[key] as? [Int] ?? [] }
}

extension Gallery {
    /// Asks as a browser does.
    func ask(
        _ path: String, method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:],
        isHere: @Sendable @escaping () -> Bool = { true }
    ) async throws -> Answer {
        let response = await response(to: path, method: method, headers, isHere: isHere)
        let body = CollectedBody()
        try await response.body.write(body)
        return Answer(status: response.status.code, headers: response.headers, bytes: body.bytes)
    }

    /// An answer whose body was not written yet.
    func response(
        to path: String, method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:],
        isHere: @Sendable @escaping () -> Bool = { true }
    ) async -> Response {
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:8484", path: "/api/v1/" + path, headerFields: headers)
        return await answer(
            Request(head: head, body: RequestBody(buffer: ByteBuffer())), from: "127.0.0.1", isHere: isHere)
    }
}

/// Takes in what is written.
final class CollectedBody: ResponseBodyWriter, Sendable {
    private let collected = Mutex(ByteBuffer())

    var bytes: ByteBuffer { collected.withLock(\.self) }

    func write(_ buffer: ByteBuffer) async throws { collected.withLock { _ = $0.writeImmutableBuffer(buffer) } }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension HTTPField.Name {
    static let ifRange = Self("If-Range")!
}
