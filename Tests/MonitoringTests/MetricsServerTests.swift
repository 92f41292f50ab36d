import Foundation
import TestSupport
import Testing

@testable import Capture
@testable import Monitoring

@Suite struct `The metrics' listener` {
    /// Runs `body` with a listener's port.
    private func serving<Value: Sendable>(
        limits: MetricsServer.Limits = MetricsServer.Limits(), _ body: (Int) async throws -> Value
    ) async throws -> Value {
        let server = try await MetricsServer.bind(to: MetricsAddress(parsing: "0"), limits: limits) { "up 1\n" }
        let running = Task { await server.run() }
        let result: Result<Value, any Error>
        do { result = .success(try await body(server.port)) } catch { result = .failure(error) }
        running.cancel()
        await running.value
        return try result.get()
    }

    private func ask(
        _ line: String, host: String? = "127.0.0.1:9464", at port: Int
    ) async throws -> String {
        let host = host.map { "Host: \($0)\r\n" } ?? ""
        return try await LoopbackClient(port: port).exchange("\(line) HTTP/1.1\r\n\(host)\r\n")
    }

    @Test func `answers GET and HEAD`() async throws {
        try await serving { port in
            let page = try await ask("GET /metrics", at: port)
            #expect(page.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(page.contains("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"))
            #expect(
                page.hasSuffix(
                    "\r\nContent-Length: 5\r\nConnection: close\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\nup 1\n"
                ))
            let head = try await ask("HEAD /metrics?x=1", at: port)
            #expect(head.contains("\r\nContent-Length: 5\r\n"))
            #expect(head.hasSuffix("\r\n\r\n"))
        }
    }

    @Test(arguments: [
        ("GET /", "404"), ("GET /metrics/", "404"), ("GET /metricsx", "404"), ("POST /metrics", "405"),
        ("DELETE /metrics", "405"),
    ])
    func `has nothing else`(line: String, status: String) async throws {
        try await serving { port in
            let answer = try await ask(line, at: port)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        }
    }

    @Test(arguments: ["example.org", "127.0.0.1.example.org", "localhost.example.org:80", "localhost:x", ""])
    func `refuses other sites' names`(host: String) async throws {
        try await serving { port in
            let answer = try await ask("GET /metrics", host: host, at: port)
            #expect(answer.hasPrefix("HTTP/1.1 421 "))
        }
    }

    @Test(arguments: ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:9464"])
    func `goes by this machine's names`(host: String) async throws {
        try await serving { port in
            let answer = try await ask("GET /metrics", host: host, at: port)
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func `lets slow clients go, and answers others meanwhile`() async throws {
        let limits = MetricsServer.Limits(connectionTime: .milliseconds(300), connections: 2)
        try await serving(limits: limits) { port in
            async let slow = LoopbackClient(port: port).exchange("GET /metrics HTTP/1.1\r\n")
            let answer = try await ask("GET /metrics", at: port)
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            let rest = try await slow
            #expect(rest == "")
        }
    }

    @Test func `closes connections beyond its limit at once`() async throws {
        let limits = MetricsServer.Limits(connectionTime: .seconds(60), connections: 0)
        try await serving(limits: limits) { port in
            let answer = try await LoopbackClient(port: port).exchange("")
            #expect(answer == "")
        }
    }

    @Test func `says so where the port is taken`() async throws {
        try await serving { port in
            let address = try MetricsAddress(parsing: "\(port)")
            let error = await #expect(throws: MetricsServerError.self) {
                _ = try await MetricsServer.bind(to: address) { "" }
            }
            #expect(error?.description.contains("127.0.0.1:\(port)") == true)
        }
    }
}

@Suite struct `An address for the metrics` {
    @Test(arguments: [
        ("9464", "127.0.0.1:9464", true), ("localhost:9464", "127.0.0.1:9464", true), ("[::1]:80", "[::1]:80", true),
        ("127.0.0.2:1", "127.0.0.2:1", true), ("0.0.0.0:9464", "0.0.0.0:9464", false),
        ("192.168.1.5:9464", "192.168.1.5:9464", false), ("[fe80::1]:9", "[fe80::1]:9", false),
    ])
    func `is read`(text: String, address: String, isLoopback: Bool) throws {
        let read = try MetricsAddress(parsing: text)
        #expect("\(read)" == address)
        #expect(read.isLoopback == isLoopback)
    }

    @Test(arguments: ["", ":", "x", "127.0.0.1", "127.0.0.1:", "127.1:9464", "example.org:80", "65536", "::1:80", "-1"])
    func `that is none is refused`(text: String) {
        #expect(throws: MetricsAddressError.self) { try MetricsAddress(parsing: text) }
    }
}
