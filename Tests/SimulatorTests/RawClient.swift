import NIOCore
import NIOPosix
import Simulator

/// An HTTP client that hides nothing: what came, byte for byte, and how the connection ended.
struct RawClient {
    enum Ending { case closed, reset, silent }

    struct Answer {
        var status = 0
        var headers: [(name: String, value: String)] = []
        /// What came after the head, transfer coding and all.
        var body: [UInt8] = []
        var ending = Ending.closed

        var text: String { String(decoding: body, as: UTF8.self) }

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }

        /// The body with its chunks joined; `nil` where the last one is missing.
        var dechunked: [UInt8]? {
            var rest = body[...]
            var joined: [UInt8] = []
            while let newline = rest.firstIndex(of: 0x0a) {
                guard let size = Int(String(decoding: rest[..<newline].dropLast(), as: UTF8.self), radix: 16) else {
                    return nil
                }
                rest = rest[(newline + 1)...]
                guard size > 0 else { return joined }
                guard rest.count >= size + 2 else { return nil }
                joined += rest.prefix(size)
                rest = rest.dropFirst(size + 2)
            }
            return nil
        }
    }

    /// Sends one request and reads until the connection ends, `limit` bytes have come, or `patience` is over.
    /// - Parameter least: what of the body is to come, within 20 s, before `patience` begins: how fast this machine is today
    ///   says nothing of the server.
    static func send(
        _ url: String, method: String = "GET", headers: [String: String] = [:], body: String = "",
        limit: Int = 4_000_000, least: Int? = nil, patience: Duration = .seconds(20)
    ) async throws -> Answer {
        let address = Address(url)
        var request = "\(method) \(address.target) HTTP/1.1\r\nHost: 127.0.0.1:\(address.port)\r\nConnection: close\r\n"
        if let authorization = address.authorization { request += "Authorization: \(authorization)\r\n" }
        for (name, value) in headers { request += "\(name): \(value)\r\n" }
        if !body.isEmpty { request += "Content-Length: \(body.utf8.count)\r\n" }
        let bytes = ByteBuffer(string: request + "\r\n" + body)

        let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(bytes)
            let received = Received()
            let ending = await withTaskGroup(of: Ending.self) { tasks in
                tasks.addTask {
                    do {
                        for try await piece in inbound where await received.take(piece) >= limit { break }
                        return .closed
                    } catch {
                        return .reset
                    }
                }
                tasks.addTask {
                    let last = ContinuousClock.now + .seconds(20)
                    while let least, await received.body < least, .now < last, !Task.isCancelled {
                        try? await Task.sleep(for: .milliseconds(10))
                    }
                    try? await Task.sleep(for: patience)
                    return .silent
                }
                let first = await tasks.next() ?? .silent
                tasks.cancelAll()
                return first
            }
            return parse(await received.bytes, ending)
        }
    }

    private actor Received {
        var bytes: [UInt8] = []

        /// How many bytes of the body have come; negative until there is one.
        var body: Int { RawClient.endOfHead(bytes).map { bytes.count - $0 } ?? -1 }

        func take(_ piece: ByteBuffer) -> Int {
            bytes += piece.readableBytesView
            return bytes.count
        }
    }

    /// Where the body begins: behind the first empty line.
    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        let end = Array("\r\n\r\n".utf8)
        return bytes.indices.first { bytes[$0...].starts(with: end) }.map { $0 + end.count }
    }

    private static func parse(_ bytes: [UInt8], _ ending: Ending) -> Answer {
        var answer = Answer(ending: ending)
        guard let head = endOfHead(bytes) else { return answer }
        let lines = String(decoding: bytes[..<head], as: UTF8.self).split(separator: "\r\n")
        answer.status = Int(lines[0].split(separator: " ")[1]) ?? 0
        for line in lines.dropFirst() {
            let parts = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
            answer.headers.append((String(parts[0]), parts.count > 1 ? String(parts[1]) : ""))
        }
        answer.body = Array(bytes[head...])
        return answer
    }

    /// The parts of `http://[user:password@]host:port/target`.
    struct Address {
        var authorization: String?
        var port = 0
        var target = "/"

        init(_ url: String) {
            var rest = url.dropFirst("http://".count)
            let slash = rest.firstIndex(of: "/") ?? rest.endIndex
            if slash < rest.endIndex { target = String(rest[slash...]) }
            rest = rest[..<slash]
            if let at = rest.lastIndex(of: "@") {
                authorization = "Basic " + base64(Array(rest[..<at].utf8))
                rest = rest[rest.index(after: at)...]
            }
            port = Int(rest.split(separator: ":").last ?? "") ?? 0
        }

        private func base64(_ bytes: [UInt8]) -> String {
            let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
            let bits = bytes.flatMap { byte in (0..<8).map { Int(byte) >> (7 - $0) & 1 } }
            let sextets = stride(from: 0, to: bits.count, by: 6).map { start in
                (0..<6).reduce(0) { $0 << 1 | (start + $1 < bits.count ? bits[start + $1] : 0) }
            }
            return String(sextets.map { alphabet[$0] }) + String(repeating: "=", count: (3 - bytes.count % 3) % 3)
        }
    }
}
