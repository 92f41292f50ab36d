import Foundation
import Glibc

/// A visitor that writes what it is told to a socket, and reads what comes: browsers do neither all that a hostile one does.
struct PlainVisitor: Sendable {
    private let descriptor: CInt

    struct NoConnection: Error {}

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            Glibc.close(descriptor)
            throw NoConnection()
        }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Reads until the other side ends, what was read satisfies, or two minutes are over.
    func read(until isEnough: (String) -> Bool = { _ in false }) -> String {
        var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end {
            let count = recv(descriptor, &part, part.count, 0)
            guard count > 0 else { break }
            bytes += part[..<count]
            if isEnough(String(decoding: bytes, as: UTF8.self)) { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    func leave() { Glibc.close(descriptor) }
}

/// A whole answer to one request.
struct PlainAnswer {
    let status: Int
    /// By their names in lower case.
    let headers: [String: String]
    let body: String

    init(_ text: String) {
        let parts = text.components(separatedBy: "\r\n\r\n")
        let lines = parts[0].components(separatedBy: "\r\n")
        status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        headers = Dictionary(
            lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map { colon in
                    (
                        line[..<colon].lowercased(),
                        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                    )
                }
            }
        ) { first, second in first + "\n" + second }
        body = parts.dropFirst().joined(separator: "\r\n\r\n")
    }

    /// - Parameters:
    ///   - path: as it stands in the request's first line.
    ///   - headers: besides `Host` and `Connection: close`; a `Host` among them takes the first's place.
    static func to(
        _ method: String = "GET", _ path: String, port: Int, headers: [(String, String)] = [], body: String = ""
    ) async throws -> PlainAnswer {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                do {
                    let visitor = try PlainVisitor(port: port)
                    defer { visitor.leave() }
                    let host = headers.contains { $0.0 == "Host" } ? [] : [("Host", "127.0.0.1:\(port)")]
                    let length = body.isEmpty ? [] : [("Content-Length", "\(body.utf8.count)")]
                    let all = host + headers + length + [("Connection", "close")]
                    visitor.send(
                        "\(method) \(path) HTTP/1.1\r\n" + all.map { "\($0): \($1)\r\n" }.joined() + "\r\n" + body)
                    continuation.resume(returning: PlainAnswer(visitor.read()))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
