internal import Foundation
internal import NIOCore

/// One header field of a request.
package struct HTTPField: Hashable, Sendable {
    package let name: String
    package let value: String
}

/// A request as it came in.
struct ServerRequest: Sendable {
    let method: String
    /// The request target: path and query, byte for byte.
    let target: String
    let headers: [HTTPField]
    let body: ByteBuffer

    /// Whether the client wants the connection closed after the answer.
    var closes: Bool { header("Connection")?.lowercased() == "close" }

    /// The target up to the question mark.
    var path: String { String(target.prefix { $0 != "?" }) }

    /// The value of a query parameter, with plus signs and percent escapes decoded as a browser's `URLSearchParams` does.
    func parameter(_ name: String) -> String? {
        let query = target.drop { $0 != "?" }.dropFirst()
        for pair in query.split(separator: "&") {
            let key = pair.prefix { $0 != "=" }
            guard Self.decoded(key) == name else { continue }
            return Self.decoded(pair.dropFirst(key.count + 1))
        }
        return nil
    }

    /// The value of the first header field of that name, whatever its case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = String(text.map { $0 == "+" ? " " : $0 })
        return spaced.removingPercentEncoding ?? spaced
    }
}

/// A request that a simulated server got.
package struct RecordedRequest: Hashable, Sendable {
    /// Which of the two servers was asked.
    package enum Server: String, Hashable, Sendable {
        case tunnel, account
    }

    package let server: Server
    package let method: String
    /// The path without the query.
    package let path: String
    /// Path and query, byte for byte.
    package let target: String
    package let headers: [HTTPField]
    /// The status of the answer, or of the answer that a fault then spoiled.
    package let status: Int
    /// The text of the fault that struck.
    package let fault: String?

    /// The value of the first header field of that name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}
